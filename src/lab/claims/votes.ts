import type { RunRecord } from '../record';
import { tooEarly, verdict, type Claim, type NamedArm } from './claim';

/** A share with the interval that holds it with 95 % confidence. */
export interface WinRate {
  readonly rate: number;
  readonly low: number;
  readonly high: number;
  /** Votes for the first arm, and votes that preferred one of the two. */
  readonly wins: number;
  readonly votes: number;
}

/** Two-sided 95 % quantile of the normal distribution. */
const Z = 1.959963984540054;

/** Votes without which a win rate says nothing yet. */
const LEAST_VOTES = 30;

/**
 * Wilson's score interval of a share (E. B. Wilson, "Probable inference, the law of succession, and
 * statistical inference", 1927), 95 %. Null without votes.
 */
export const wilson = (wins: number, votes: number): WinRate | null => {
  if (votes === 0) return null;
  const rate = wins / votes;
  const denominator = 1 + Z ** 2 / votes;
  const centre = (rate + Z ** 2 / (2 * votes)) / denominator;
  const half =
    (Z / denominator) * Math.sqrt((rate * (1 - rate)) / votes + Z ** 2 / (4 * votes ** 2));
  return { rate, low: Math.max(centre - half, 0), high: Math.min(centre + half, 1), wins, votes };
};

type Votes = Pick<RunRecord, 'votes'>;

/**
 * How often `first` was ranked above `second`, over the votes that rank both. Ties are left out: they
 * say nothing for either. Null when there is no such vote.
 */
export const winRate = ({ votes }: Votes, first: string, second: string): WinRate | null => {
  const places = votes
    .filter(({ tie }) => !tie)
    .map(({ ranking }) => [ranking.indexOf(first), ranking.indexOf(second)] as const)
    .filter(([a, b]) => a >= 0 && b >= 0);
  return wilson(places.filter(([a, b]) => a < b).length, places.length);
};

/** How many votes between the two preferred neither. */
export const ties = ({ votes }: Votes, first: string, second: string): number =>
  votes.filter(({ tie, ranking }) => tie && ranking.includes(first) && ranking.includes(second))
    .length;

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

/** A claim that people prefer one arm: the whole 95 % interval of its win rate lies above half. */
export const preferred = (arm: NamedArm, over: NamedArm): Claim => ({
  id: `${arm.id}-over-${over.id}`,
  says:
    `People prefer ${arm.name} to ${over.name}: the 95 % interval (Wilson) of its win rate lies ` +
    `above 50 % (from ${LEAST_VOTES} votes on).`,
  judge: (record) => {
    const rate = winRate(record, arm.id, over.id);
    if (!rate || rate.votes < LEAST_VOTES) {
      return tooEarly(`${rate?.votes ?? 0} of ${LEAST_VOTES} votes between the two.`);
    }
    return verdict(
      rate.low > 0.5,
      `${arm.name} won ${rate.wins} of ${rate.votes} votes: ${percent(rate.rate)}, interval ` +
        `${percent(rate.low)} to ${percent(rate.high)}.`,
    );
  },
});

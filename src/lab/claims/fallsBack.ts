import type { RunRecord } from '../record';
import { tooEarly, seen, verdict, type Claim, type NamedArm } from './claim';
import type { Metric } from './metric';
import { armOf, figure, haltClause, iterationsOf, mean } from './series';

/** A claim that one arm falls back from its best further than another. */
export interface FallBack {
  readonly id: string;
  readonly says: string;
  readonly arm: NamedArm;
  readonly than: NamedArm;
  /** Higher is better. */
  readonly metric: Metric;
  readonly least: number;
}

/** Evaluations whose running mean is followed: single ones swing. */
const EVALUATIONS = 3;

/** Best and last running mean of an arm's metric; null without three evaluations. */
const bestAndLast = (
  record: RunRecord,
  id: string,
  metric: Metric,
): { readonly best: number; readonly last: number } | null => {
  const values = (armOf(record, id)?.evaluations ?? [])
    .filter(({ iteration }) => iteration > 0)
    .map(metric.of)
    .filter((value): value is number => value !== null && Number.isFinite(value));
  const running = values
    .slice(EVALUATIONS - 1)
    .map((_, at) => mean(values.slice(at, at + EVALUATIONS)));
  const last = running.at(-1);
  return last === undefined ? null : { best: Math.max(...running), last };
};

/** Degradation: how far the running mean of three evaluations ends below its best. */
export const fallsBack = ({ id, says, arm, than, metric, least }: FallBack): Claim => ({
  id,
  says:
    `${says}: ${metric.name} of ${arm.name} ends further below its best than that of ${than.name} ` +
    `(running means of three evaluations, from ${least} iterations on; a halt counts).`,
  judge: (record) => {
    for (const { id: wanted, name } of [arm, than]) {
      const found = armOf(record, wanted);
      if (!found) return tooEarly(`The record has no arm "${name}".`);
      if (found.status === 'halted') {
        const at = `${name} ${haltClause(found)}.`;
        return wanted === arm.id ? seen(at) : verdict(false, at);
      }
      const done = iterationsOf(found);
      if (done < least) return tooEarly(`${name} has done ${done} of ${least} iterations.`);
    }
    const [of, other] = [arm, than].map(({ id: one }) => bestAndLast(record, one, metric));
    if (!of || !other) return tooEarly(`Fewer than ${EVALUATIONS} evaluations of ${metric.name}.`);
    const [fall, otherFall] = [of.best - of.last, other.best - other.last];
    return verdict(
      fall > otherFall,
      `${arm.name} fell by ${figure(fall)} (${figure(of.best)} to ${figure(of.last)}), ` +
        `${than.name} by ${figure(otherFall)} (${figure(other.best)} to ${figure(other.last)}).`,
    );
  },
});

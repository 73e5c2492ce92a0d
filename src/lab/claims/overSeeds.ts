import type { RunRecord } from '../record';
import type { Claim, Verdict } from './claim';

/** A claim over several seeds. */
export interface SeedVerdicts {
  readonly claim: Claim;
  readonly verdicts: readonly { readonly seed: number; readonly verdict: Verdict }[];
  /** What all seeds that can say agree on; `mixed` where they differ. */
  readonly state: Verdict['state'] | 'mixed';
  /** "seen in 2 of 3 seeds". */
  readonly summary: string;
}

const summaryOf = (states: readonly Verdict['state'][]): string => {
  const early = states.filter((state) => state === 'too early').length;
  if (states.length === 1) return states[0] ?? 'too early';
  if (early === states.length) return 'too early';
  const positive = states.filter((state) => state === 'seen').length;
  const of = positive === 0 ? `none of ${states.length}` : `${positive} of ${states.length}`;
  return `seen in ${of} seeds${early > 0 ? `, too early in ${early}` : ''}`;
};

/** Judges a claim by the record of every seed. */
export const judgeOverSeeds = (claim: Claim, records: readonly RunRecord[]): SeedVerdicts => {
  const verdicts = records.map((record) => ({
    seed: record.config.seed,
    verdict: claim.judge(record),
  }));
  const states = verdicts.map(({ verdict }) => verdict.state);
  const decided = new Set(states.filter((state) => state !== 'too early'));
  const [only] = decided;
  return {
    claim,
    verdicts,
    state: decided.size > 1 ? 'mixed' : (only ?? 'too early'),
    summary: summaryOf(states),
  };
};

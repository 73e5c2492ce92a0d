import { findExperiment } from '../../lab/experiments/registry';
import type { Experiment } from '../../lab/experiments/experiment';
import { parseRecord, type ArmRecord, type RunRecord } from '../../lab/record';
import type { EvaluationRow } from '../../lab/record';

/** The experiments whose recorded runs come with the page (scripts/recorded.mjs). */
const IDS = ['e1', 'e2', 'e3', 'e5'] as const;

export type RecordedId = (typeof IDS)[number];

export const RECORDED: readonly (readonly [RecordedId, string])[] = IDS.map((id) => [
  id,
  `${id.toUpperCase()}: ${experimentOf(id).title}`,
]);

/** The experiment that a record is a run of. */
export function experimentOf(id: RecordedId): Experiment {
  const experiment = findExperiment(id);
  if (experiment === undefined) throw new Error(`There is no experiment “${id}”.`);
  return experiment;
}

/** Fetches and checks a record. Throws an Error in words. */
export const fetchRecorded = async (id: RecordedId): Promise<RunRecord> => {
  const response = await fetch(`./recorded/${id}.json`);
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return parseRecord(await response.json());
};

/** What an arm had drawn, and what was measured, when its pictures were last kept. */
export interface Moment {
  readonly iteration: number;
  readonly png: string;
  readonly measured: EvaluationRow | undefined;
}

/** Iterations at which pictures of any arm were kept, in order. */
export const iterationsOf = ({ arms }: RunRecord): number[] =>
  [...new Set(arms.flatMap(({ snapshots }) => snapshots.map(({ iteration }) => iteration)))].sort(
    (a, b) => a - b,
  );

/** The arm at the last moment up to an iteration: one that halted stays as it was. */
export const momentOf = (
  { snapshots, evaluations }: ArmRecord,
  iteration: number,
): Moment | undefined => {
  const snapshot = snapshots.findLast((one) => one.iteration <= iteration);
  if (snapshot === undefined) return undefined;
  return { ...snapshot, measured: evaluations.find((row) => row.iteration === snapshot.iteration) };
};

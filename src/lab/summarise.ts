import type { ArmRecord, EvaluationRow, FigureRow, RunRecord } from './record';

/** A quantity over seeds. */
export interface Spread {
  readonly mean: number;
  /** Sample standard deviation (divided by n - 1); null of a single value. */
  readonly deviation: number | null;
  /** Seeds that it was measured in. */
  readonly n: number;
}

export interface SeriesPoint extends Spread {
  readonly iteration: number;
}

/** Quantities of one arm over seeds, by name, each in order of iterations. */
export interface ArmSummary {
  readonly id: string;
  readonly name: string;
  readonly series: ReadonlyMap<string, readonly SeriesPoint[]>;
}

/** Mean and sample standard deviation. */
export const spreadOf = (values: readonly number[]): Spread => {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: n > 1 ? Math.sqrt(squares / (n - 1)) : null, n };
};

/** Names of figures as they stand in a summary, e.g. `imageVariance`, `caNorm`. */
export const figureValues = ({ iteration: _iteration, ...figures }: FigureRow) =>
  Object.entries(figures);

/** The same of an evaluation; lists become `accuracy.hat`, `spectrum.3`. */
export const evaluationValues = ({
  iteration: _iteration,
  accuracy,
  spectrum,
  ...scalars
}: EvaluationRow): [name: string, value: number | null | undefined][] => [
  ...Object.entries(scalars),
  ...Object.entries(accuracy ?? {}).map(([name, value]): [string, number | null | undefined] => [
    `accuracy.${name}`,
    value,
  ]),
  ...spectrum.map((value, bin): [string, number] => [`spectrum.${bin}`, value]),
];

/** Values by name and iteration. */
type Collected = Map<string, Map<number, number[]>>;

const collect = (
  into: Collected,
  iteration: number,
  values: readonly (readonly [string, number | null | undefined])[],
): void => {
  for (const [name, value] of values) {
    if (value === null || value === undefined || !Number.isFinite(value)) continue;
    const series = into.get(name) ?? new Map<number, number[]>();
    into.set(name, series);
    series.set(iteration, [...(series.get(iteration) ?? []), value]);
  }
};

const summariseArm = (arms: readonly ArmRecord[], id: string, name: string): ArmSummary => {
  const collected: Collected = new Map();
  for (const { figures, evaluations } of arms) {
    for (const row of figures) collect(collected, row.iteration, figureValues(row));
    for (const row of evaluations) collect(collected, row.iteration, evaluationValues(row));
  }
  const series = new Map(
    [...collected].map(([metric, values]) => [
      metric,
      [...values]
        .sort(([a], [b]) => a - b)
        .map(([iteration, of]): SeriesPoint => ({ iteration, ...spreadOf(of) })),
    ]),
  );
  return { id, name, series };
};

/**
 * Mean and spread over the records' seeds, for every arm, quantity and iteration. Arms are matched
 * by id and stand in the order of their first record.
 */
export const summarise = (records: readonly RunRecord[]): ArmSummary[] => {
  const byId = new Map<string, ArmRecord[]>();
  for (const arm of records.flatMap(({ arms }) => arms)) {
    byId.set(arm.id, [...(byId.get(arm.id) ?? []), arm]);
  }
  return [...byId].map(([id, arms]) => summariseArm(arms, id, arms[0]?.name ?? id));
};

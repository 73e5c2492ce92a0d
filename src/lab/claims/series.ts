import type { ArmRecord, RunRecord } from '../record';

/** Iterations whose mean counts as one figure: single batches are noisy. */
export const WINDOW = 10;

/** The arm of that id, or undefined. */
export const armOf = (record: RunRecord, id: string): ArmRecord | undefined =>
  record.arms.find((arm) => arm.id === id);

/** Iterations that an arm has done. */
export const iterationsOf = (arm: ArmRecord): number => arm.figures.at(-1)?.iteration ?? 0;

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Means over consecutive windows of `size` values; a rest shorter than that is left out. */
export const windowMeans = (values: readonly number[], size = WINDOW): number[] =>
  Array.from({ length: Math.floor(values.length / size) }, (_, window) =>
    mean(values.slice(window * size, (window + 1) * size)),
  );

/** Means over `parts` parts of equal length, in order; the first takes what does not divide. */
export const partMeans = (values: readonly number[], parts: number): number[] => {
  const size = Math.floor(values.length / parts);
  if (size === 0) return [];
  const first = values.length - (parts - 1) * size;
  return [mean(values.slice(0, first)), ...windowMeans(values.slice(first), size)];
};

/** Variances of the images of an arm, iteration by iteration, as far as they are numbers. */
export const variances = (arm: ArmRecord): number[] =>
  arm.figures.map(({ imageVariance }) => imageVariance).filter(Number.isFinite);

/** How a sentence goes on about an arm that was halted: "was halted at iteration 9: its ...". */
export const haltClause = ({ halt }: ArmRecord): string => {
  if (!halt) return 'was halted';
  const reason = halt.reason.replace(/\.$/, '');
  return `was halted at iteration ${halt.iteration}: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
};

/** A figure for people: three significant digits, no exponent. */
export const figure = (value: number): string => {
  if (!Number.isFinite(value)) return String(value);
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-GB');
  return String(Number(value.toPrecision(3)));
};

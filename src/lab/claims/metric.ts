import type { EvaluationRow } from '../record';

/** A quantity of an evaluation, and how a sentence calls it. */
export interface Metric {
  readonly name: string;
  /** The value, or null where it was not measured. */
  readonly of: (evaluation: EvaluationRow) => number | null;
}

export const ACCURACY: Metric = { name: 'prompt accuracy', of: (e) => e.meanAccuracy };
export const FRECHET_REAL: Metric = {
  name: 'Fréchet distance to real faces',
  of: (e) => e.frechetReal,
};
export const FRECHET_GUIDED: Metric = {
  name: 'Fréchet distance to the guided teacher',
  of: (e) => e.frechetGuided,
};
export const VARIANCE: Metric = { name: 'variance', of: (e) => e.variance };
export const SATURATION: Metric = { name: 'saturation', of: (e) => e.saturation };

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/**
 * Bin of the spectrum, in periods an image, from which energy counts as fine detail: half of what
 * 16 pixels can carry along a row, so that a period is at most 4 pixels.
 */
const FINE_FROM = 4;

/** Energy of fine detail. */
export const DETAIL: Metric = {
  name: 'energy of fine detail',
  of: ({ spectrum }) => sum(spectrum.slice(FINE_FROM)),
};

/** The share of fine detail in the energy, the mean (bin 0) apart. */
export const DETAIL_SHARE: Metric = {
  name: 'share of energy in fine detail',
  of: ({ spectrum }) => {
    const all = sum(spectrum.slice(1));
    return all > 0 ? sum(spectrum.slice(FINE_FROM)) / all : null;
  },
};

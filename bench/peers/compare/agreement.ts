import type { Weights } from '../problems/weights';

/** Greatest absolute difference. */
export const worstDifference = (found: ArrayLike<number>, expected: ArrayLike<number>): number => {
  if (found.length !== expected.length) return NaN;
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    worst = greater(worst, Math.abs((found[i] ?? NaN) - (expected[i] ?? NaN)));
  }
  return worst;
};

/** The same in units of the greatest absolute value expected. */
export const relativeDifference = (found: ArrayLike<number>, expected: ArrayLike<number>): number =>
  worstDifference(found, expected) / worstDifference(expected, zerosOf(expected));

const zerosOf = ({ length }: ArrayLike<number>): ArrayLike<number> => new Float32Array(length);

/** Euclidean length of the difference of all weights, in units of that of those expected. */
export const weightDifference = (found: Weights, expected: Weights): number => {
  let [difference, scale] = [0, 0];
  for (const [name, { data }] of expected) {
    const other = found.get(name)?.data;
    for (let i = 0; i < data.length; i++) {
      const value = data[i] ?? NaN;
      difference += ((other?.[i] ?? NaN) - value) ** 2;
      scale += value ** 2;
    }
  }
  return Math.sqrt(difference / scale);
};

/** The greater of two, NaN if one of them is. */
const greater = (a: number, b: number): number => (a >= b ? a : a < b ? b : NaN);

/** Throws an Error unless every difference is below `limit`: a time without the work is none. */
export const requireAgreement = (
  name: string,
  work: string,
  differences: Readonly<Record<string, number>>,
  limit: number,
): void => {
  const wrong = Object.entries(differences).filter(([, difference]) => !(difference < limit));
  if (wrong.length === 0) return;
  const told = wrong.map(([what, difference]) => `${what} by ${difference.toExponential(1)}`);
  throw new Error(`${work}: ${name} computes something else; it differs in ${told.join(', ')}.`);
};

import type { ArmRecord, RunRecord } from '../record';
import { notSeen, seen, tooEarly, verdict, type Claim, type NamedArm, type Verdict } from './claim';
import {
  armOf,
  figure,
  haltClause,
  iterationsOf,
  partMeans,
  variances,
  windowMeans,
  WINDOW,
} from './series';

/** Parts of a run in which a quantity must rise each time to be called growing. */
const PARTS = 5;

/** Highest over lowest ten-iteration mean of an arm whose variance is called bounded. */
const BAND = 2;

/** Iterations without which the variance of an arm says nothing yet. */
const LEAST = 50;

/** Judges one arm, once it is there and has run long enough or was halted. */
const judgeArm =
  ({ id, name }: NamedArm, least: number, judge: (arm: ArmRecord) => Verdict) =>
  (record: RunRecord): Verdict => {
    const arm = armOf(record, id);
    if (!arm) return tooEarly(`The record has no arm "${name}".`);
    const done = iterationsOf(arm);
    if (arm.status !== 'halted' && done < least) {
      return tooEarly(`${name} has done ${done} of ${least} iterations.`);
    }
    return judge(arm);
  };

/** First and last ten-iteration mean; of a shorter run, its first and last value. */
const ends = (values: readonly number[]): [first: number, last: number] => {
  const means = values.length < 2 * WINDOW ? values : windowMeans(values);
  return [means[0] ?? NaN, means.at(-1) ?? NaN];
};

/**
 * "The variance of this arm's images grows monotonically" (Fig. 3 of CA alone): its mean rises from
 * each fifth of the run to the next. An arm that was halted counts when its variance had grown.
 */
export const runsAway = (arm: NamedArm, least = LEAST): Claim => ({
  id: `${arm.id}-runs-away`,
  says:
    `The variance of ${arm.name} grows without end: its mean rises from each fifth of the run to ` +
    `the next (from ${least} iterations on; a halt after growth counts).`,
  judge: judgeArm(arm, least, (record) => {
    const values = variances(record);
    const [first, last] = ends(values);
    const grew = `Variance of ${arm.name} went from ${figure(first)} to ${figure(last)}`;
    if (record.status === 'halted')
      return verdict(last > first, `${grew}; it ${haltClause(record)}.`);
    const fifths = partMeans(values, PARTS);
    const rises = fifths.every((value, part) => part === 0 || value > (fifths[part - 1] ?? NaN));
    return verdict(
      rises && fifths.length === PARTS,
      `${grew} (by fifths of the run: ${fifths.map(figure).join(', ')}).`,
    );
  }),
});

/**
 * "Training with this regularizer is stable": after the first fifth of the run, the variance's means
 * over ten iterations stay within a factor of two of each other. A halted arm is not stable.
 */
export const staysBounded = (arm: NamedArm, least = LEAST): Claim => ({
  id: `${arm.id}-stays-bounded`,
  says:
    `${arm.name} is stable: after the first fifth of the run, its variance (means of ${WINDOW} ` +
    `iterations) stays within a factor of ${BAND} (from ${least} iterations on).`,
  judge: judgeArm(arm, least, (record) => {
    if (record.status === 'halted') return notSeen(`${arm.name} ${haltClause(record)}.`);
    const values = variances(record);
    const settled = windowMeans(values.slice(Math.floor(values.length / PARTS)));
    if (settled.length === 0) return tooEarly(`${arm.name} has too few figures.`);
    const [low, high] = [Math.min(...settled), Math.max(...settled)];
    const range = `${figure(low)} to ${figure(high)}`;
    return high <= BAND * low
      ? seen(`Variance of ${arm.name} stayed within ${range}.`)
      : notSeen(`Variance of ${arm.name} ranged from ${range}.`);
  }),
});

import type { TrainingData } from '../../../distill/data';
import type { PhiloxStream } from '../../../graph/philox';
import type { Mixture, MixtureComponent } from '../mixture';
import { axesOf } from './table';

/** Share of prompts that say "any" in place of their class, as in the data of image teachers. */
const DROP_ALL = 0.12;

/** A component, with its axes. */
type Source = MixtureComponent & ReturnType<typeof axesOf>;

const sourcesOf = ({ components }: Mixture): readonly Source[] =>
  components.map((component) => ({ ...component, ...axesOf(component) }));

/** One component, with the probability of its weight. */
const pick = (sources: readonly Source[], random: PhiloxStream): Source => {
  let rest = random.uniform();
  // The weights sum to 1 but for rounding, which falls to the last.
  const found = sources.find(({ weight }) => (rest -= weight) < 0) ?? sources.at(-1);
  if (!found) throw new RangeError('A mixture has at least one component.');
  return found;
};

/** A point of one component. */
const pointOf = (
  { mean, axis: [c, s], variances: [l0, l1] }: Source,
  random: PhiloxStream,
): [number, number] => {
  const [a, b] = [Math.sqrt(l0) * random.normal(), Math.sqrt(l1) * random.normal()];
  return [mean[0] + c * a - s * b, mean[1] + s * a + c * b];
};

/** Points (count, 2), row by row, and the class of each. */
export interface ClassedPoints {
  readonly points: Float32Array<ArrayBuffer>;
  readonly classes: Int32Array<ArrayBuffer>;
}

const draw = (sources: readonly Source[], random: PhiloxStream, count: number): ClassedPoints => {
  const drawn = Array.from({ length: count }, () => {
    const source = pick(sources, random);
    return { class: source.class, point: pointOf(source, random) };
  });
  return {
    points: Float32Array.from(drawn.flatMap(({ point }) => point)),
    classes: Int32Array.from(drawn, (one) => one.class),
  };
};

/** Points of the mixture, of all its classes; the stream determines them. */
export const drawPoints = (mixture: Mixture, random: PhiloxStream, count: number): ClassedPoints =>
  draw(sourcesOf(mixture), random, count);

/** Classes as prompts: with 'partial', the usual share of them "any" (the number of classes). */
const promptsOf = (
  { classes: { length: any } }: Mixture,
  classes: Int32Array<ArrayBuffer>,
  random: PhiloxStream,
  mode: 'partial' | 'full',
): Int32Array<ArrayBuffer> =>
  mode === 'full' ? classes : classes.map((one) => (random.uniform() < DROP_ALL ? any : one));

/**
 * A mixture as training data: classes with the probability of their weights, points of them, and the
 * mean and variance of a coordinate, which are 0 and 1 by how mixtures are normalised.
 */
export const mixtureData = (mixture: Mixture): TrainingData => {
  const sources = sourcesOf(mixture);
  return {
    prompts: (random, batch, mode) => {
      const classes = Int32Array.from({ length: batch }, () => pick(sources, random).class);
      return promptsOf(mixture, classes, random, mode);
    },
    images: (random, batch, mode) => {
      const { points, classes } = draw(sources, random, batch);
      return { images: points, rows: promptsOf(mixture, classes, random, mode) };
    },
    statistics: { mean: 0, variance: 1 },
  };
};

import {
  mixtureSchema,
  type Mixture,
  type MixtureComponent,
} from '../../src/tasks/mixture/mixture';
import { randomValues } from './random';

/** `count` round and thin Gaussians at random, shared among `classes` classes in turn. */
export const randomMixture = (count: number, classes: number, seed = 1): Mixture => {
  const values = randomValues(5 * count, seed);
  const weights = Array.from({ length: count }, (_, k) => 1 + (k % 3));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const components = weights.map((weight, k): MixtureComponent => {
    const [x = 0, y = 0, a = 0, b = 0, c = 0] = values.subarray(5 * k, 5 * k + 5);
    // L L' of a lower triangle with a diagonal that is not small.
    const [p, q, r] = [0.05 + 0.3 * Math.abs(a), 0.3 * b, 0.05 + 0.3 * Math.abs(c)];
    return {
      class: k % classes,
      weight: weight / total,
      mean: [x, y],
      covariance: [p * p, p * q, q * q + r * r],
    };
  });
  return mixtureSchema.parse({
    classes: Array.from({ length: classes }, (_, k) => `${k}`),
    components,
  });
};

/** Two classes, each of two round blobs at the corners of a square: each class is a diagonal. */
export const CORNERS: Mixture = mixtureSchema.parse({
  classes: ['rising', 'falling'],
  components: [
    [-0.95, -0.95],
    [0.95, 0.95],
    [-0.95, 0.95],
    [0.95, -0.95],
  ].map((mean, k) => ({
    class: k < 2 ? 0 : 1,
    weight: 0.25,
    mean,
    covariance: [0.0975, 0, 0.0975],
  })),
});

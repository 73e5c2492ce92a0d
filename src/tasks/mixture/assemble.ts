import { mixtureSchema, type Mixture, type MixtureComponent } from './mixture';
import type { Blob } from './ridge';

/** A class before the mixture is put together. */
export interface ClassPart {
  readonly name: string;
  readonly blobs: readonly Blob[];
}

/** How much classes count beside each other: the same each, or by the mass of their blobs. */
export type Weighting = 'equal' | 'mass';

/**
 * The normalised mixture of these classes: mean 0 and, averaged over the axes, variance 1. Throws a
 * ZodError when it is none (fewer than two classes, a class without a blob, too many blobs).
 */
export const assemble = (
  classes: readonly ClassPart[],
  weighting: Weighting = 'equal',
): Mixture => {
  const total = classes.reduce((sum, { blobs }) => sum + massOf(blobs), 0);
  const components = classes.flatMap(({ blobs }, place) => {
    const own = massOf(blobs);
    const share = weighting === 'equal' ? 1 / classes.length : own / total;
    return blobs.map(({ mean: [x, y], covariance: [xx, xy, yy], mass }): MixtureComponent => ({
      class: place,
      weight: (share * mass) / own,
      mean: [x, y],
      covariance: [xx, xy, yy],
    }));
  });
  return mixtureSchema.parse({
    classes: classes.map(({ name }) => name),
    components: normalised(components),
  });
};

const massOf = (blobs: readonly Blob[]): number => blobs.reduce((sum, { mass }) => sum + mass, 0);

/** Moved to mean 0 and scaled to variance 1, averaged over the axes. */
const normalised = (components: readonly MixtureComponent[]): MixtureComponent[] => {
  let [mx, my] = [0, 0];
  for (const { weight, mean } of components) {
    mx += weight * mean[0];
    my += weight * mean[1];
  }
  let variance = 0;
  for (const { weight, mean, covariance } of components) {
    const spread = (mean[0] - mx) ** 2 + (mean[1] - my) ** 2;
    variance += (weight * (covariance[0] + covariance[2] + spread)) / 2;
  }
  const scale = 1 / Math.sqrt(variance);
  return components.map(({ mean: [x, y], covariance: [xx, xy, yy], ...rest }) => ({
    ...rest,
    mean: [(x - mx) * scale, (y - my) * scale],
    covariance: [xx * scale ** 2, xy * scale ** 2, yy * scale ** 2],
  }));
};

import { z } from 'zod';

/**
 * A distribution of points in the plane: classes, each a mixture of Gaussians. Its conditional,
 * unconditional and renoised scores are known in closed form, so a teacher of it makes no error.
 * Coordinates are normalised: the whole mixture has mean 0 and, averaged over the axes, variance 1.
 */

/** Classes that a mixture may have, and Gaussians over all of them. */
export const MOST_CLASSES = 8;
export const MOST_COMPONENTS = 128;

const finite = z.number();

/** One Gaussian of a class. */
export const componentSchema = z.strictObject({
  /** Place of its class in `classes`. */
  class: z.int().min(0),
  /** Its share of the whole mixture; all of them sum to 1. */
  weight: z.number().gt(0).max(1),
  mean: z.tuple([finite, finite]),
  /** Covariance matrix, positive definite: xx, xy, yy. */
  covariance: z.tuple([z.number().gt(0), finite, z.number().gt(0)]),
});

const WEIGHTS_TOLERANCE = 1e-6;

export const mixtureSchema = z
  .strictObject({
    /** Names of the classes, in order. A prompt is the place of one, or their number: "any". */
    classes: z.array(z.string().min(1).max(40)).min(2).max(MOST_CLASSES),
    components: z.array(componentSchema).min(1).max(MOST_COMPONENTS),
  })
  .refine(({ classes, components }) => components.every((one) => one.class < classes.length), {
    error: 'a component belongs to a class that is not there',
  })
  .refine(
    ({ classes, components }) =>
      classes.every((_, index) => components.some((one) => one.class === index)),
    { error: 'a class has no component' },
  )
  .refine(
    ({ components }) => components.every(({ covariance: [xx, xy, yy] }) => xx * yy > xy * xy),
    { error: 'a covariance is not positive definite' },
  )
  .refine(
    ({ components }) =>
      Math.abs(components.reduce((sum, { weight }) => sum + weight, 0) - 1) < WEIGHTS_TOLERANCE,
    { error: 'the weights do not sum to 1' },
  );

export type MixtureComponent = z.output<typeof componentSchema>;
export type Mixture = z.output<typeof mixtureSchema>;

import type { Prompt } from '../tasks/promptSpace';
import { coverageDensity, manifold, type Manifold } from './coverageDensity';
import { featureStatistics } from './featureStatistics';
import { frechetDistance, frechetReference, type FrechetReference } from './frechetDistance';
import { MetricError } from './metricError';
import { pixelStatistics, type PixelStatistics } from './pixelStatistics';
import { promptAccuracy, type Judging, type PromptAccuracy } from './promptAccuracy';
import { spectrum, type ImageShape } from './spectrum';

/** What a classifier says about a set of images. */
export interface Judgement {
  /** (n, F) */
  readonly features: Float32Array;
  readonly featureSize: number;
  /** (n, sum of classes), attributes side by side in the order of `judging`. */
  readonly logits: Float32Array;
  readonly judging: Judging;
  readonly imageShape: ImageShape;
}

/** What images are compared with; computed once a lab. */
export interface Reference {
  /** Real images. */
  readonly real: { readonly frechet: FrechetReference; readonly manifold: Manifold };
  /** Images of the guided many-step teacher, where they were drawn. */
  readonly guided: FrechetReference | null;
}

/** What is measured of a set of images without a classifier. */
export interface PixelMeasurement extends PixelStatistics {
  /** Energy by radial spatial frequency, 12 bins for 16x16. */
  readonly spectrum: readonly number[];
}

/** Everything measured of one set of images. */
export interface Measurement extends PromptAccuracy, PixelMeasurement {
  /** Squared Fréchet distance of features to real images, and to the guided teacher's images. */
  readonly frechetReal: number;
  readonly frechetGuided: number | null;
  readonly coverage: number;
  readonly density: number;
}

type Features = Pick<Judgement, 'features' | 'featureSize'>;

/** Prepares one set of features to measure distances to. */
export const frechetReferenceOf = ({ features, featureSize }: Features): FrechetReference =>
  frechetReference(featureStatistics(features, featureSize));

/** Prepares references from features of real images and, where there are, of guided images. */
export const makeReference = (real: Features, guided: Features | null): Reference => ({
  real: {
    frechet: frechetReferenceOf(real),
    manifold: manifold(real.features, real.featureSize),
  },
  guided: guided && frechetReferenceOf(guided),
});

const sizeOf = (shape: ImageShape): number => shape.reduce((product, size) => product * size, 1);

/** Measures the values of `images` (n, C, H, W), unclamped. Throws MetricError as its parts do. */
export const measurePixels = (images: Float32Array, shape: ImageShape): PixelMeasurement => ({
  ...pixelStatistics(images, sizeOf(shape)),
  spectrum: spectrum(images, shape),
});

/**
 * Measures `images` (n, C, H, W), unclamped, drawn for `prompts` (n), from their judgement; at
 * least 2 images. Throws MetricError when the parts do not fit together, no prompt asks for
 * anything, or values are not finite.
 */
export const measureImages = (
  images: Float32Array,
  prompts: readonly Prompt[],
  judgement: Judgement,
  reference: Reference,
): Measurement => {
  const { features, featureSize, logits, judging, imageShape } = judgement;
  const imageSize = sizeOf(imageShape);
  if (images.length !== prompts.length * imageSize) {
    throw new MetricError(
      `${images.length} values are not one image of ${imageSize} for each of ${prompts.length} prompts.`,
    );
  }
  const statistics = featureStatistics(features, featureSize);
  return {
    ...promptAccuracy(logits, prompts, judging),
    frechetReal: frechetDistance(statistics, reference.real.frechet),
    frechetGuided: reference.guided && frechetDistance(statistics, reference.guided),
    ...coverageDensity(features, reference.real.manifold),
    ...measurePixels(images, imageShape),
  };
};

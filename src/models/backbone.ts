import type { Shape } from '../graph/shape';
import type { Tensor } from '../graph/tensor';
import type { ParameterLayout, Weights } from './parameters';

/** What a network is asked: noisy samples at a time, under prompts. */
export interface NetworkInput {
  /** Samples (B, ...): images (B, C, H, W), points (B, 2). */
  readonly x: Tensor;
  /** Time or noise level (B), 0 = noise, 1 = clean. */
  readonly t: Tensor;
  /** Prompts as rows of the network's embedding table, i32 (B, A). */
  readonly rows: Tensor;
}

/** The velocity v = x - eps that something predicts, shaped like `input.x`. */
export type Velocity = (input: NetworkInput) => Tensor;

/**
 * Over what one mean and one variance of samples are taken: over the values of each sample (images),
 * or over the batch for each value of a sample (points, whose two values say nothing by themselves).
 */
export type StatisticsOver = 'values' | 'batch';

/** A kind of network that can be trained: all that training knows of it. Weights come with each use. */
export interface Backbone {
  readonly layout: ParameterLayout;
  /** One sample: (C, H, W) of an image, (2) of a point. */
  readonly sampleShape: Shape;
  /** A: rows that a prompt consists of. */
  readonly promptRows: number;
  readonly statistics: StatisticsOver;
  readonly velocity: (parameters: Weights) => Velocity;
  /** What a discriminator looks at: (B, T, D), differentiable in the samples. */
  readonly features: (parameters: Weights) => (input: NetworkInput) => Tensor;
  /** D. */
  readonly featureWidth: number;
  /** Whether a parameter, by its name, has no part in the features. */
  readonly isUnusedByFeatures: (name: string) => boolean;
}

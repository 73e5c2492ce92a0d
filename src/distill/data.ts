import type { PhiloxStream } from '../graph/philox';
import type { DistillConfig } from './config';

/** Draws prompts as rows of the teacher's attribute table, (batch, attributes) row by row. */
export type PromptSource = (
  random: PhiloxStream,
  batch: number,
  mode: DistillConfig['prompts'],
) => Int32Array<ArrayBuffer>;

/** Real images and the prompts that they are shown under. */
export interface RealImages {
  /** (batch, ...): images (batch, channels, height, width) in [-1, 1], or points (batch, 2). */
  readonly images: Float32Array<ArrayBuffer>;
  /** Rows of the teacher's attribute table, (batch, attributes) row by row. */
  readonly rows: Int32Array<ArrayBuffer>;
}

/** Draws real images; the stream alone determines them. */
export type ImageSource = (
  random: PhiloxStream,
  batch: number,
  mode: DistillConfig['prompts'],
) => RealImages;

/** What the mean-variance regularizer (Eq. 7) holds samples to. */
export interface ImageStatistics {
  /** mu*: mean of the data's values. */
  readonly mean: number;
  /** s2* > 0: average unbiased variance of one image of the data (points: of one coordinate). */
  readonly variance: number;
}

/** What a task gives to training. */
export interface TrainingData {
  readonly prompts: PromptSource;
  readonly images: ImageSource;
  readonly statistics: ImageStatistics;
}

import type { Grid } from '../distill/sampler';
import { STREAMS } from '../distill/streams';
import { PhiloxStream } from '../graph/philox';
import type { Prompt } from '../tasks/avatars/attributes';
import { realAvatars } from '../tasks/avatars/generator';
import { dropOut } from '../tasks/avatars/prompts';
import type { EvaluationOptions } from './evaluationOptions';
import { promptRows } from './grid';

/** Images drawn at once; more are drawn in chunks, between which training goes on. */
export const CHUNK = 64;

/** Keeps the draws of evaluations apart from those of training with the same seed. */
const SEED_MASK = 0x6a09e667;

/** What every evaluation draws: the same prompts and the same noise for all arms. */
export interface EvaluationSet {
  /** One an image. */
  readonly prompts: readonly Prompt[];
  /** Grids of one size; the last one's surplus images count for nothing. */
  readonly chunks: readonly Grid[];
}

/** Real avatars to compare with, and what they show: evaluations ask for the same. */
export interface RealSet {
  readonly images: Float32Array<ArrayBuffer>;
  readonly prompts: readonly Prompt[];
}

const maskedSeed = ({ seed }: EvaluationOptions): number => (seed ^ SEED_MASK) >>> 0;

/** As many real avatars as an evaluation has images. */
export const realSet = (options: EvaluationOptions): RealSet =>
  realAvatars(maskedSeed(options), options.samples);

/** The prompts and grids of an evaluation. */
export const evaluationSet = (options: EvaluationOptions, real: RealSet): EvaluationSet => {
  const seed = maskedSeed(options);
  const random = new PhiloxStream(seed, STREAMS.prompts, 0);
  const prompts =
    options.prompts === 'full'
      ? real.prompts
      : real.prompts.map((prompt) => dropOut(prompt, random));
  const count = Math.min(CHUNK, options.samples);
  const chunks = Array.from({ length: Math.ceil(options.samples / count) }, (_, chunk) => {
    const shown = Array.from(
      { length: count },
      (_, index) => prompts[(chunk * count + index) % prompts.length] ?? [],
    );
    return { rows: promptRows(shown), count, seed: (seed + chunk) >>> 0 };
  });
  return { prompts, chunks };
};

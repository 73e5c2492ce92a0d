import type { Grid } from '../distill/sampler';
import { STREAMS } from '../distill/streams';
import { PhiloxStream } from '../graph/philox';
import { dropOut } from '../tasks/promptDropout';
import type { Prompt } from '../tasks/promptSpace';
import type { ImageTask, LabelledImages, OpenTask } from '../tasks/task';
import type { EvaluationOptions } from './evaluationOptions';

/** Images drawn at once; more are drawn in chunks, between which training goes on. */
export const CHUNK = 64;

/** Keeps the draws of evaluations apart from those of training with the same seed. */
const SEED_MASK = 0x6a09e667;

/** Step of the stream that draws full prompts, apart from that of drop-outs. */
const FULL_PROMPTS = 1;

/** What every evaluation draws: the same prompts and the same noise for all arms. */
export interface EvaluationSet {
  /** One an image. */
  readonly prompts: readonly Prompt[];
  /** Grids of one size; the last one's surplus images count for nothing. */
  readonly chunks: readonly Grid[];
}

const maskedSeed = ({ seed }: EvaluationOptions): number => (seed ^ SEED_MASK) >>> 0;

/**
 * As many real images as an evaluation has, none of which a network was trained on, and what they
 * show: evaluations ask for the same. Null where the task has none.
 */
export const realSet = (
  { images }: Pick<OpenTask, 'images'>,
  options: EvaluationOptions,
): LabelledImages | null => images?.draw(maskedSeed(options), options.samples, 'heldOut') ?? null;

/** The prompts and grids of an evaluation; without real images, prompts as the task draws them. */
export const evaluationSet = (
  { prompts: space, samplePrompts }: ImageTask,
  options: EvaluationOptions,
  real: LabelledImages | null,
): EvaluationSet => {
  const seed = maskedSeed(options);
  const random = new PhiloxStream(seed, STREAMS.prompts, 0);
  const full =
    real?.prompts ??
    samplePrompts(new PhiloxStream(seed, STREAMS.prompts, FULL_PROMPTS), options.samples);
  const prompts =
    options.prompts === 'full' ? full : full.map((prompt) => dropOut(space, prompt, random));
  const count = Math.min(CHUNK, options.samples);
  const chunks = Array.from({ length: Math.ceil(options.samples / count) }, (_, chunk) => {
    const shown = Array.from(
      { length: count },
      (_, index) => prompts[(chunk * count + index) % prompts.length] ?? [],
    );
    return { rows: space.rowsOf(shown), count, seed: (seed + chunk) >>> 0 };
  });
  return { prompts, chunks };
};

import { z } from 'zod';
import { PhiloxStream } from '../../graph/philox';
import type { Prompt } from '../../tasks/promptSpace';
import type { ImageTask } from '../../tasks/task';
import { labConfigSchema, MOST_ARMS, parseLabConfig } from '../config';
import { evaluationOptionsSchema, parseEvaluationOptions } from '../evaluationOptions';

/**
 * A set-up: everything that a visitor chooses before Start, but the teacher, of which a file and a
 * link say different things. It is plain data: what is saved as a file and shared as a link.
 */

/** Pictures of a grid. */
export const MOST_PICTURES = 64;

const u32 = z.int().min(0).max(0xffffffff);

/** The fields of a set-up; whoever reads one from outside checks them by these. */
export const SET_UP_FIELDS = {
  /** Id of the task. */
  task: z.string().min(1).max(80),
  /** Id of the experiment that the arms were made after. */
  experiment: z.string().max(80).nullable(),
  lab: labConfigSchema,
  /** The arms' places in the palette, in their order; absent: the first ones, in order. */
  colors: z.array(z.int().min(0).max(99)).max(MOST_ARMS).exactOptional(),
  evaluation: evaluationOptionsSchema,
  /** What all grids show. */
  grid: z.strictObject({
    seed: u32,
    prompts: z.array(z.array(z.int().nonnegative()).max(64)).min(1).max(MOST_PICTURES),
  }),
} as const;

export type SetUp = z.output<z.ZodObject<typeof SET_UP_FIELDS>>;

/** The places of `count` arms in the palette: those given, else the first ones in order. */
export const placesOf = (count: number, colors?: readonly number[]): readonly number[] =>
  Array.from({ length: count }, (_, index) => colors?.[index] ?? index);

/** Places in the palette as a set-up has them: said only where they are not the first in order. */
export const colorsOf = (places: readonly number[]): Pick<SetUp, 'colors'> =>
  places.every((place, index) => place === index) ? {} : { colors: [...places] };

/** What a freshly opened page has on its bench. */
export const FIRST_LAB = parseLabConfig({ arms: [{ id: 'arm-1', name: 'Arm 1' }] });
export const FIRST_EVALUATION = parseEvaluationOptions({ every: 25, samples: 128 });
/** Prompts and noise of its grids, the same for everyone, and how many pictures they show. */
export const FIRST_SEED = 1;
export const FIRST_PICTURES = 16;

/** Stream of the pictures' prompts; any number does, a page draws nothing else. */
const STREAM = 0;

/** `count` prompts for the grids, all attributes given, the same for the same seed. */
export const gridPrompts = (task: ImageTask, count: number, seed = FIRST_SEED): Prompt[] =>
  task.samplePrompts(new PhiloxStream(seed, STREAM, 0), count);

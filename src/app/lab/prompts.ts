import { PhiloxStream } from '../../graph/philox';
import type { Prompt } from '../../tasks/promptSpace';
import { currentTask } from '../state/task';

/** Stream of the pictures' prompts; any number does, the page draws nothing else. */
const STREAM = 0;

/** `count` prompts for the grids, all attributes given, the same for the same seed. */
export const drawPrompts = (count: number, seed: number): Prompt[] =>
  currentTask().samplePrompts(new PhiloxStream(seed, STREAM, 0), count);

/** A seed that nobody has seen. */
export const randomSeed = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;

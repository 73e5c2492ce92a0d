import { gridPrompts } from '../../lab/setUp/setUp';
import type { Prompt } from '../../tasks/promptSpace';
import { currentTask } from '../state/task';

/** `count` prompts for the grids, all attributes given, the same for the same seed. */
export const drawPrompts = (count: number, seed?: number): Prompt[] =>
  gridPrompts(currentTask(), count, seed);

/** A seed that nobody has seen. */
export const randomSeed = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;

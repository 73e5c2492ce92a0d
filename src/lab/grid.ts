import type { Grid } from '../distill/sampler';
import type { Prompt, PromptSpace } from '../tasks/promptSpace';

/** The prompts and noise that every grid shows, so that grids differ only by their sampler. */
export interface GridRequest {
  /** One a picture, in the order of the grid. */
  readonly prompts: readonly Prompt[];
  /** Seed of the shared noise. */
  readonly seed: number;
}

/** Grids that the teacher draws: in one step, or guided in many. */
export const TEACHER_GRIDS = ['teacherOneStep', 'teacherGuided'] as const;

/** Who draws a grid: the student of the arm with this id, or the teacher (`TEACHER_GRIDS`). */
export type GridSource = string;

/** Whether the teacher draws that grid; no arm is called so. */
export const isTeacherGrid = (source: GridSource): boolean =>
  TEACHER_GRIDS.some((grid) => grid === source);

/** A grid as samplers take it. */
export const toGrid = (space: PromptSpace, { prompts, seed }: GridRequest): Grid => ({
  rows: space.rowsOf(prompts),
  count: prompts.length,
  seed,
});

import type { Grid } from '../distill/sampler';
import type { Prompt, PromptSpace } from '../tasks/promptSpace';

/** The prompts and noise that every grid shows, so that grids differ only by their sampler. */
export interface GridRequest {
  /** One a picture, in the order of the grid. */
  readonly prompts: readonly Prompt[];
  /** Seed of the shared noise. */
  readonly seed: number;
}

/** Grids that arms are compared with, whatever their students: the teacher's, and real images. */
const FIXED_GRIDS = ['teacherOneStep', 'teacherGuided', 'realImages'] as const;

/** Who draws a grid: the student of the arm with this id, or a reference (`referenceGrids`). */
export type GridSource = string;

/** Whether a reference is called so; no arm may be. */
export const isReferenceGrid = (source: GridSource): boolean =>
  FIXED_GRIDS.some((grid) => grid === source) || stepsOfGrid(source) !== null;

/** No arm's id has a colon. */
const STEPS = 'teacherSteps:';

/** The grid that the teacher draws in so many steps, more than one, without guidance. */
const stepsGrid = (steps: number): GridSource => `${STEPS}${steps}`;

/** In how many steps, more than one, the teacher draws a grid without guidance; null for others. */
export const stepsOfGrid = (source: GridSource): number | null =>
  source.startsWith(STEPS) ? Number(source.slice(STEPS.length)) : null;

/**
 * The references of students of these numbers of steps, in the order in which they are shown: the
 * teacher in one step, in as many as the students take, guided in many; then real images, if any.
 */
export const referenceGrids = (steps: readonly number[], real: boolean): GridSource[] => {
  const many = [...new Set(steps)].filter((count) => count > 1).sort((a, b) => a - b);
  return [
    'teacherOneStep',
    ...many.map(stepsGrid),
    'teacherGuided',
    ...(real ? ['realImages'] : []),
  ];
};

/** Real images of the prompts of a grid. */
export interface RealGrid {
  /** (n, 3, height, width); zeros where there is no such image. */
  readonly images: Float32Array<ArrayBuffer>;
  /** Places of prompts of which there is none. */
  readonly missing: readonly number[];
}

/** A grid as samplers take it. */
export const toGrid = (space: PromptSpace, { prompts, seed }: GridRequest): Grid => ({
  rows: space.rowsOf(prompts),
  count: prompts.length,
  seed,
});

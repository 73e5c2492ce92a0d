import { create } from 'zustand';
import { classNames } from '../../../tasks/mixture/designs/design';
import type { Drawing, Stroke } from '../../../tasks/mixture/drawing';
import { MOST_CLASSES } from '../../../tasks/mixture/mixture';
import type { Point } from '../../../tasks/mixture/ridge';

/** The distribution that is being drawn by hand. */
export interface SketchSlice {
  /** Whether the drawing surface is in the picture's place. */
  readonly open: boolean;
  readonly drawing: Drawing;
  /** The class that the brush draws. */
  readonly class: number;
  /** Standard deviation of the brush. */
  readonly sigma: number;
  /** Where the keyboard's brush stands. */
  readonly brush: Point;
  /** Why the drawing cannot be used; null: it was not tried, or has changed since. */
  readonly problem: string | null;
}

export const useSketch = create<SketchSlice>()(() => ({
  open: false,
  drawing: { classes: classNames(2), strokes: [], weighting: 'equal' },
  class: 0,
  sigma: 0.15,
  brush: [0, 0],
  problem: null,
}));

const changeDrawing = (change: (drawing: Drawing) => Drawing): void => {
  useSketch.setState(({ drawing }) => ({ drawing: change(drawing), problem: null }));
};

/** Begins a stroke of the present class and width. */
export const beginStroke = (at: Point): void => {
  const { class: of, sigma } = useSketch.getState();
  changeDrawing((drawing) => ({
    ...drawing,
    strokes: [...drawing.strokes, { class: of, points: [at], sigma }],
  }));
};

/** Draws the last stroke on. */
export const continueStroke = (points: readonly Point[]): void => {
  changeDrawing((drawing) => {
    const last = drawing.strokes.at(-1);
    if (last === undefined) return drawing;
    const longer: Stroke = { ...last, points: [...last.points, ...points] };
    return { ...drawing, strokes: [...drawing.strokes.slice(0, -1), longer] };
  });
};

/** Takes the last stroke away. */
export const undoStroke = (): void =>
  changeDrawing((drawing) => ({ ...drawing, strokes: drawing.strokes.slice(0, -1) }));

/** Takes all strokes away. */
export const clearStrokes = (): void => changeDrawing((drawing) => ({ ...drawing, strokes: [] }));

/** Adds a class and draws it from now on. */
export const addClass = (): void => {
  const { drawing } = useSketch.getState();
  const count = drawing.classes.length;
  if (count >= MOST_CLASSES) return;
  changeDrawing((before) => ({ ...before, classes: classNames(count + 1) }));
  useSketch.setState({ class: count });
};

/** Removes the present class with its strokes, but never below two. */
export const removeClass = (): void => {
  const { drawing, class: of } = useSketch.getState();
  const count = drawing.classes.length;
  if (count <= 2) return;
  changeDrawing((before) => ({
    ...before,
    classes: classNames(count - 1),
    strokes: before.strokes
      .filter((one) => one.class !== of)
      .map((one) => (one.class > of ? { ...one, class: one.class - 1 } : one)),
  }));
  useSketch.setState({ class: Math.min(of, count - 2) });
};

/** Weights classes equally, or by what was drawn of each. */
export const weighBy = (weighting: Drawing['weighting']): void =>
  changeDrawing((drawing) => ({ ...drawing, weighting }));

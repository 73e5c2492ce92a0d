import type { MixtureFrame } from '../../../worker/mixture/protocol';
import { toPixelX, toPixelY, type Camera } from './camera';
import type { Palette } from './palette';

const RADIUS = 2.1;
const CLOUD_RADIUS = 1.3;
const CLOUD_OPACITY = 0.4;
const TRAIL_OPACITY = 0.3;
const FULL_TURN = 2 * Math.PI;

/** Places of the points of each class, so that each class is one path. */
const byClass = (classes: Int32Array): number[][] => {
  const places: number[][] = [];
  classes.forEach((of, index) => (places[of] ??= []).push(index));
  return places;
};

const paintDots = (
  context: CanvasRenderingContext2D,
  camera: Camera,
  points: Float32Array,
  indices: readonly number[],
  radius: number,
): void => {
  context.beginPath();
  for (const index of indices) {
    const x = toPixelX(camera, points[2 * index] ?? NaN);
    const y = toPixelY(camera, points[2 * index + 1] ?? NaN);
    if (!(x > -radius && y > -radius && x < camera.size + radius && y < camera.size + radius)) {
      continue;
    }
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, FULL_TURN);
  }
  context.fill();
};

/** The points at the look's noise level, faintly, each in its class's colour. */
export const paintCloud = (
  context: CanvasRenderingContext2D,
  camera: Camera,
  palette: Palette,
  { renoised, classes }: Pick<MixtureFrame, 'renoised' | 'classes'>,
): void => {
  context.save();
  context.globalAlpha = CLOUD_OPACITY;
  byClass(classes).forEach((indices, of) => {
    context.fillStyle = palette.classes[of] ?? palette.ink;
    paintDots(context, camera, renoised, indices, CLOUD_RADIUS);
  });
  context.restore();
};

/** Where points have come to on their way from one frame to the next. */
const between = (from: Float32Array, to: Float32Array, progress: number): Float32Array =>
  to.map((value, index) => {
    const before = from[index] ?? value;
    return before + progress * (value - before);
  });

/**
 * The student's points in their classes' colours, with lines behind them from where they were in the
 * frames before. `trail`: frames of the same points, oldest first; `progress`: how far the points have
 * glided to the last frame.
 */
export const paintPoints = (
  context: CanvasRenderingContext2D,
  camera: Camera,
  palette: Palette,
  trail: readonly MixtureFrame[],
  progress: number,
): void => {
  const last = trail.at(-1);
  if (last === undefined) return;
  const now = between(trail.at(-2)?.points ?? last.points, last.points, progress);
  const stations = [...trail.slice(0, -1).map(({ points }) => points), now];
  const groups = byClass(last.classes);
  context.save();
  context.lineWidth = 1.2;
  for (let age = 1; age < stations.length; age++) {
    const [from, to] = [stations[age - 1], stations[age]];
    if (from === undefined || to === undefined) continue;
    context.globalAlpha = (TRAIL_OPACITY * age) / stations.length;
    groups.forEach((indices, of) => {
      context.strokeStyle = palette.classes[of] ?? palette.ink;
      context.beginPath();
      for (const index of indices) {
        const [fx, fy] = [from[2 * index] ?? NaN, from[2 * index + 1] ?? NaN];
        const [tx, ty] = [to[2 * index] ?? NaN, to[2 * index + 1] ?? NaN];
        context.moveTo(toPixelX(camera, fx), toPixelY(camera, fy));
        context.lineTo(toPixelX(camera, tx), toPixelY(camera, ty));
      }
      context.stroke();
    });
  }
  context.globalAlpha = 0.9;
  groups.forEach((indices, of) => {
    context.fillStyle = palette.classes[of] ?? palette.ink;
    paintDots(context, camera, now, indices, RADIUS);
  });
  context.restore();
};

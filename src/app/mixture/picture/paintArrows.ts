import type { Arrows, Emphasis } from './arrows';
import { toPixelX, toPixelY, type Camera } from './camera';

const HEAD = 5;
/** Shorter arrows than this many pixels are dots: their direction cannot be seen. */
const SHORTEST = 3;
/** Opacity and width of a line, in pixels. */
const LINES: Readonly<Record<Emphasis, readonly [opacity: number, width: number]>> = {
  plain: [0.85, 1.25],
  marked: [1, 2.25],
  behind: [0.25, 1.25],
};
/** Length of a long arrow beside half the view. */
const LONG = 0.11;
/** Share of the arrows that are no longer than a long one. */
const MOST = 0.9;

/**
 * The factor 1, 2 or 5 times a power of ten, at most 10, by which all arrows are drawn longer so that
 * nearly all fit; the same for every kind, so that they can be compared.
 */
export const gainFor = (fields: readonly Float32Array[], half: number): number => {
  const lengths = fields
    .flatMap((vectors) =>
      Array.from({ length: vectors.length / 2 }, (_, index) =>
        Math.hypot(vectors[2 * index] ?? 0, vectors[2 * index + 1] ?? 0),
      ),
    )
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const long = lengths[Math.floor(MOST * (lengths.length - 1))] ?? 0;
  if (long === 0) return 1;
  const wanted = Math.min(10, (LONG * half) / long);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const digit = [5, 2, 1].find((value) => value * power <= wanted) ?? 1;
  return Number((digit * power).toPrecision(1));
};

export const paintArrows = (
  context: CanvasRenderingContext2D,
  camera: Camera,
  { at, vectors, color, emphasis }: Arrows,
  gain: number,
): void => {
  const [opacity, width] = LINES[emphasis];
  const scale = (gain * camera.size) / (2 * camera.half);
  context.save();
  context.strokeStyle = color;
  context.fillStyle = color;
  context.lineWidth = width;
  context.lineCap = 'round';
  context.globalAlpha = opacity;
  const lines = new Path2D();
  const heads = new Path2D();
  for (let index = 0; index < at.length; index += 2) {
    const [x, y] = [toPixelX(camera, at[index] ?? NaN), toPixelY(camera, at[index + 1] ?? NaN)];
    const [dx, dy] = [scale * (vectors[index] ?? NaN), -scale * (vectors[index + 1] ?? NaN)];
    const length = Math.hypot(dx, dy);
    if (!Number.isFinite(x + y + length)) continue;
    if (length < SHORTEST) {
      heads.moveTo(x + 1, y);
      heads.arc(x, y, 1, 0, 2 * Math.PI);
      continue;
    }
    const head = Math.min(HEAD, 0.6 * length);
    const [ux, uy] = [dx / length, dy / length];
    const [bx, by] = [x + dx - head * ux, y + dy - head * uy];
    lines.moveTo(x, y);
    lines.lineTo(bx, by);
    heads.moveTo(x + dx, y + dy);
    heads.lineTo(bx - 0.42 * head * uy, by + 0.42 * head * ux);
    heads.lineTo(bx + 0.42 * head * uy, by - 0.42 * head * ux);
    heads.closePath();
  }
  context.stroke(lines);
  context.fill(heads);
  context.restore();
};

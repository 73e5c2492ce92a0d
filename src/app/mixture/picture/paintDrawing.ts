import type { SketchSlice } from '../state/sketch';
import { HOME, toPixelX, toPixelY, type Camera } from './camera';
import { paintAxes } from './paintAxes';
import type { Palette } from './palette';

/** A stroke is drawn as wide as the middle 87 % of its Gaussians: 3 standard deviations. */
const WIDTH = 3;
const OPACITY = 0.45;

/** Paints strokes as they are drawn, and the keyboard's brush where it is in use. */
export const paintDrawing = (
  canvas: HTMLCanvasElement,
  size: number,
  palette: Palette,
  { drawing, brush, sigma, class: of }: SketchSlice,
  withBrush: boolean,
): void => {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const ratio = window.devicePixelRatio;
  canvas.width = canvas.height = Math.round(size * ratio);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const camera: Camera = { half: HOME, size };
  const scale = size / (2 * HOME);
  paintAxes(context, camera, palette);
  context.lineCap = context.lineJoin = 'round';
  context.globalAlpha = OPACITY;
  for (const stroke of drawing.strokes) {
    context.strokeStyle = palette.classes[stroke.class] ?? palette.ink;
    context.lineWidth = WIDTH * stroke.sigma * scale;
    context.beginPath();
    stroke.points.forEach(([x, y], index) => {
      const [px, py] = [toPixelX(camera, x), toPixelY(camera, y)];
      if (index === 0) context.moveTo(px, py);
      // A line of no length has round ends: that is a dot.
      context.lineTo(px, py);
    });
    context.stroke();
  }
  if (!withBrush) return;
  context.globalAlpha = 1;
  context.lineWidth = 2;
  context.strokeStyle = palette.classes[of] ?? palette.ink;
  const [x, y] = [toPixelX(camera, brush[0]), toPixelY(camera, brush[1])];
  const radius = Math.max(4, (WIDTH / 2) * sigma * scale);
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.moveTo(x - radius - 5, y);
  context.lineTo(x + radius + 5, y);
  context.moveTo(x, y - radius - 5);
  context.lineTo(x, y + radius + 5);
  context.stroke();
};

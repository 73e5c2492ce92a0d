import { toPixelX, toPixelY, type Camera } from './camera';
import type { Contour } from './contours';
import type { Palette } from './palette';

const FILL_OPACITY = 0.075;
const LINE_OPACITY = 0.5;

/** Fills the contours thinly over each other, so that they darken inwards, and outlines them. */
export const paintContours = (
  context: CanvasRenderingContext2D,
  camera: Camera,
  palette: Palette,
  contours: readonly Contour[],
): void => {
  const scale = camera.size / (2 * camera.half);
  context.save();
  context.transform(scale, 0, 0, -scale, toPixelX(camera, 0), toPixelY(camera, 0));
  context.lineWidth = 1 / scale;
  for (const { class: of, path } of contours) {
    const color = of === null ? palette.inkFaint : (palette.classes[of] ?? palette.ink);
    context.fillStyle = color;
    context.strokeStyle = color;
    context.globalAlpha = FILL_OPACITY;
    context.fill(path, 'evenodd');
    context.globalAlpha = LINE_OPACITY;
    context.stroke(path);
  }
  context.restore();
};

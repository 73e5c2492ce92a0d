import { scaleLinear } from 'd3-scale';
import { toPixelX, toPixelY, type Camera } from './camera';
import type { Palette } from './palette';

const TICKS = 7;
const TICK_LENGTH = 5;
const FONT = '11px "Inter Variable", system-ui, sans-serif';

/** Thin lines through the origin, and ticks with numbers along the lower and the left edge. */
export const paintAxes = (
  context: CanvasRenderingContext2D,
  camera: Camera,
  palette: Palette,
): void => {
  const { half, size } = camera;
  const ticks = scaleLinear().domain([-half, half]).ticks(TICKS);
  context.save();
  context.strokeStyle = palette.rule;
  context.lineWidth = 1;
  context.beginPath();
  const middle = Math.round(size / 2) + 0.5;
  context.moveTo(0, middle);
  context.lineTo(size, middle);
  context.moveTo(middle, 0);
  context.lineTo(middle, size);
  context.stroke();

  context.strokeStyle = palette.inkFaint;
  context.fillStyle = palette.inkFaint;
  context.font = FONT;
  context.beginPath();
  for (const tick of ticks) {
    const [x, y] = [toPixelX(camera, tick), toPixelY(camera, tick)].map(Math.round) as [
      number,
      number,
    ];
    // The corners have no room for numbers.
    if (x < 24 || x > size - 24) continue;
    const words = String(tick).replace('-', '−');
    context.moveTo(x + 0.5, size);
    context.lineTo(x + 0.5, size - TICK_LENGTH);
    context.textAlign = 'center';
    context.textBaseline = 'alphabetic';
    context.fillText(words, x, size - TICK_LENGTH - 5);
    context.moveTo(0, y + 0.5);
    context.lineTo(TICK_LENGTH, y + 0.5);
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    context.fillText(words, TICK_LENGTH + 5, y);
  }
  context.stroke();
  context.restore();
};

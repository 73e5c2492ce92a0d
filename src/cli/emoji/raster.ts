import { Resvg } from '@resvg/resvg-js';
import { EMOJI_SIZE } from '../../tasks/emoji/attributes';
import type { Drawing } from './icons';

const CHANNELS = 4;
/** Background pixels around every emoji, so that each shows its background. */
const MARGIN = 1;
const INNER = EMOJI_SIZE - 2 * MARGIN;
/** Samples of a pixel along each axis. */
const SAMPLES = 8;
/** Edge in pixels at which a drawing's extent is measured. */
const PROBE = 128;
/** Alpha from which a pixel belongs to the drawing: less is the haze of a shadow. */
const VISIBLE = 24;

/** Square window of a drawing, in its own units. */
interface Window {
  readonly left: number;
  readonly top: number;
  readonly edge: number;
}

/** Pixels, (edge, edge, 4) with channels premultiplied by alpha. */
const render = ({ body }: Drawing, { left, top, edge }: Window, pixels: number): Buffer => {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
    `width="${pixels}" height="${pixels}" viewBox="${left} ${top} ${edge} ${edge}">${body}</svg>`;
  return new Resvg(svg, { font: { loadSystemFonts: false } }).render().pixels;
};

/** The smallest square around what is seen, with the drawing in its middle; undefined if blank. */
const extent = (drawing: Drawing): Window | undefined => {
  const edge = Math.max(drawing.width, drawing.height);
  const whole = {
    left: drawing.left - (edge - drawing.width) / 2,
    top: drawing.top - (edge - drawing.height) / 2,
    edge,
  };
  const pixels = render(drawing, whole, PROBE);
  let [left, top, right, bottom] = [PROBE, PROBE, 0, 0];
  for (let at = 0; at < PROBE * PROBE; at++) {
    if ((pixels[CHANNELS * at + 3] ?? 0) < VISIBLE) continue;
    const [x, y] = [at % PROBE, Math.floor(at / PROBE)];
    [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
  }
  if (right === 0) return undefined;
  const unit = edge / PROBE;
  const square = Math.max(right - left, bottom - top);
  return {
    left: whole.left + unit * (left + (right - left - square) / 2),
    top: whole.top + unit * (top + (bottom - top - square) / 2),
    edge: unit * square,
  };
};

/**
 * A drawing as a 16x16 cell, 4 bytes a pixel, straight alpha: as large as it can be within a margin
 * of one pixel. Pixels are means of 8x8 samples, of the sRGB values: the mean of linear light thins
 * the dark lines that faces live by. Undefined for a drawing that shows nothing.
 */
export const rasterise = (drawing: Drawing): Uint8Array<ArrayBuffer> | undefined => {
  const window = extent(drawing);
  if (!window) return undefined;
  const edge = INNER * SAMPLES;
  const samples = render(drawing, window, edge);
  const cell = new Uint8Array(CHANNELS * EMOJI_SIZE * EMOJI_SIZE);
  const sums = new Float64Array(CHANNELS);
  for (let at = 0; at < INNER * INNER; at++) {
    const [x, y] = [at % INNER, Math.floor(at / INNER)];
    sums.fill(0);
    for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
      const column = x * SAMPLES + (sample % SAMPLES);
      const row = y * SAMPLES + Math.floor(sample / SAMPLES);
      for (let channel = 0; channel < CHANNELS; channel++) {
        sums[channel] =
          (sums[channel] ?? 0) + (samples[CHANNELS * (row * edge + column) + channel] ?? 0);
      }
    }
    writePixel(cell, CHANNELS * ((y + MARGIN) * EMOJI_SIZE + x + MARGIN), sums);
  }
  return cell;
};

/** `sums` of premultiplied channels over a pixel's samples. */
const writePixel = (cell: Uint8Array, at: number, sums: Float64Array): void => {
  const alpha = Math.round((sums[3] ?? 0) / SAMPLES ** 2);
  if (alpha === 0) return;
  for (let channel = 0; channel < 3; channel++) {
    const colour = Math.round((255 * (sums[channel] ?? 0)) / (sums[3] ?? 1));
    cell[at + channel] = Math.min(colour, 255);
  }
  cell[at + 3] = alpha;
};

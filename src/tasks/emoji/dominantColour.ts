import type { ColourName } from './attributes';

const CHANNELS = 4;
/** A pixel counts from this alpha on: what is fainter shows the background as much. */
const OPAQUE = 128;
/** Largest minus smallest channel, below which a pixel has no hue. */
const LEAST_CHROMA = 36;

/** Brown has the hues up to this one. */
const BROWN_HUE = 50;

/** Names of hues by the degree where they end; red begins and ends the circle. */
const HUES: readonly (readonly [number, ColourName])[] = [
  [14, 'red'],
  [35, 'orange'],
  [66, 'yellow'],
  [168, 'green'],
  [250, 'blue'],
  [295, 'purple'],
  [344, 'pink'],
  [360, 'red'],
];

/** Hue in degrees, 0..360; `chroma` is the largest minus the smallest channel and not 0. */
const hueOf = (red: number, green: number, blue: number, chroma: number): number => {
  const max = Math.max(red, green, blue);
  if (max === red) return (60 * ((green - blue) / chroma) + 360) % 360;
  return max === green ? 120 + (60 * (blue - red)) / chroma : 240 + (60 * (red - green)) / chroma;
};

/** Name of one colour, channels 0..255. */
export const colourName = (red: number, green: number, blue: number): ColourName => {
  const [max, min] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  const chroma = max - min;
  if (max < 72) return 'black';
  if (chroma < LEAST_CHROMA) return min > 200 ? 'white' : max < 96 ? 'black' : 'grey';
  const hue = hueOf(red, green, blue, chroma);
  const name = HUES.find(([end]) => hue < end)?.[1] ?? 'red';
  // Brown is dark or dull orange, pink is light red.
  if (hue < BROWN_HUE && (max < 140 || (max < 200 && chroma < 0.75 * max))) return 'brown';
  if (name === 'red' && min > 120) return 'pink';
  return name;
};

/**
 * The colour that most of a picture's opaque pixels have by name. `rgba` holds 4 bytes a pixel; of
 * equally frequent ones the first met wins.
 */
export const dominantColour = (rgba: Uint8Array | Uint8ClampedArray): ColourName => {
  const counts = new Map<ColourName, number>();
  for (let at = 0; at < rgba.length; at += CHANNELS) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray(at, at + CHANNELS);
    if (alpha < OPAQUE) continue;
    const name = colourName(red, green, blue);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const [winner] = [...counts].sort(([, a], [, b]) => b - a);
  return winner?.[0] ?? 'white';
};

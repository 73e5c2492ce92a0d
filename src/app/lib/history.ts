import { channelToByte, NOT_A_NUMBER_COLOR } from '../../interchange/pixels';
import type { Pictures } from '../state/samples';

/** A grid as it was, a byte a value: a quarter of the memory, and all that a screen shows. */
export interface Frame extends Omit<Pictures, 'images'> {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Frames of one arm that are kept: at most so many, fewer where they are large. */
const MOST_FRAMES = 64;
const FEWEST_FRAMES = 8;
const MOST_BYTES = 8 * 2 ** 20;

const mostFrames = ({ bytes }: Pick<Frame, 'bytes'>): number =>
  Math.max(FEWEST_FRAMES, Math.min(MOST_FRAMES, Math.floor(MOST_BYTES / bytes.length)));

/**
 * The place of the frame that is missed least: neither the first nor the last, and such that the two
 * beside it are nearest to each other in the square root of the iteration. So half of the frames
 * lie in the first quarter of a run, however long it gets.
 */
const leastMissed = (frames: readonly Pick<Frame, 'iteration'>[]): number => {
  const root = (at: number): number => Math.sqrt(frames[at]?.iteration ?? 0);
  let [least, gap] = [1, Infinity];
  for (let at = 1; at < frames.length - 1; at++) {
    const without = root(at + 1) - root(at - 1);
    if (without < gap) [least, gap] = [at, without];
  }
  return least;
};

/**
 * Adds a frame to those of an arm, which are in order of their iterations. What is not before it
 * was undone by a halt, and is dropped; then frames are thinned to as many as may be kept.
 */
export const withFrame = (frames: readonly Frame[], frame: Frame): readonly Frame[] => {
  const kept = [...frames.filter(({ iteration }) => iteration < frame.iteration), frame];
  while (kept.length > mostFrames(frame)) kept.splice(leastMissed(kept), 1);
  return kept;
};

/** The newest frame that is not after `iteration`; undefined when all are. */
export const frameAt = (frames: readonly Frame[], iteration: number): Frame | undefined =>
  frames.findLast((frame) => frame.iteration <= iteration);

/** All iterations of which there is a frame, in order, each once. */
export const stopsOf = (histories: readonly (readonly Frame[])[]): number[] =>
  [...new Set(histories.flatMap((frames) => frames.map(({ iteration }) => iteration)))].sort(
    (a, b) => a - b,
  );

/** Pictures as a frame; what is no number becomes the colour that says so. */
export const toFrame = ({ images, ...about }: Pictures): Frame => {
  const [count, channels, height, width] = about.shape;
  const plane = height * width;
  const bytes = Uint8Array.from(images, channelToByte);
  if (images.every(Number.isFinite)) return { ...about, bytes };
  for (let pixel = 0; pixel < count * plane; pixel++) {
    const first = Math.floor(pixel / plane) * channels * plane + (pixel % plane);
    const places = NOT_A_NUMBER_COLOR.map((_, channel) => first + channel * plane);
    if (places.every((at) => Number.isFinite(images[at]))) continue;
    places.forEach((at, channel) => (bytes[at] = NOT_A_NUMBER_COLOR[channel] ?? 0));
  }
  return { ...about, bytes };
};

/** A frame as pictures again, the same pixels. */
export const toPictures = ({ bytes, ...about }: Frame): Pictures => ({
  ...about,
  images: Float32Array.from(bytes, (byte) => byte / 127.5 - 1),
});

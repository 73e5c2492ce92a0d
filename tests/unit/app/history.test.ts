import { expect, test } from 'vitest';
import {
  frameAt,
  stopsOf,
  toFrame,
  toPictures,
  withFrame,
  type Frame,
} from '../../../src/app/lib/history';

const frame = (iteration: number, edge = 1, bytes = new Uint8Array(3 * edge ** 2)): Frame => ({
  ...{ iteration, bytes, variance: 0.25 },
  shape: [1, 3, edge, edge],
});

/** The iterations that are left of frames at these. */
const left = (iterations: readonly number[], edge = 1): number[] => {
  const bytes = new Uint8Array(3 * edge ** 2);
  let frames: readonly Frame[] = [];
  for (const iteration of iterations) frames = withFrame(frames, frame(iteration, edge, bytes));
  return frames.map(({ iteration }) => iteration);
};

const every = (step: number, last: number): number[] =>
  Array.from({ length: last / step + 1 }, (_, index) => index * step);

test.each([
  ['every iteration', every(1, 400)],
  ['every third', every(3, 9999)],
  ['from the middle on', every(1, 500).slice(200)],
])('at most 64 frames are left of %s: first, last, and the early ones denser', (_, all) => {
  const kept = left(all);
  expect(kept).toHaveLength(64);
  expect([kept[0], kept.at(-1)]).toEqual([all[0], all.at(-1)]);
  expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
  // Steps of the square root are even, whenever frames came, but for what comes in whole iterations.
  const roots = kept.map(Math.sqrt);
  const gaps = roots.slice(1).map((root, index) => root - (roots[index] ?? 0));
  const even = ((roots.at(-1) ?? 0) - (roots[0] ?? 0)) / 63;
  const step = (all[1] ?? 0) - (all[0] ?? 0);
  kept.slice(1).forEach((iteration, index) => {
    const [gap = 0, before = 0] = [gaps[index], kept[index]];
    expect(gap, `after iteration ${before}`).toBeLessThan(
      Math.max(3 * even, Math.sqrt(before + step) - Math.sqrt(before) + 1e-9),
    );
    expect(iteration).toBeGreaterThan(before);
  });
});

test('half of the frames of a run lie in its first quarter', () => {
  const early = left(every(2, 4000)).filter((iteration) => iteration <= 1000);
  expect(early.length).toBeGreaterThanOrEqual(26);
  expect(early.length).toBeLessThanOrEqual(38);
});

test('few frames are all kept; of large ones fewer, but never less than eight', () => {
  expect(left(every(1, 63))).toEqual(every(1, 63));
  expect(left(every(1, 200), 512)).toHaveLength(10);
  const [first, ...rest] = left(every(1, 200), 2048);
  expect([first, rest.length, rest.at(-1)]).toEqual([0, 7, 200]);
});

test('what a halt undid is dropped', () => {
  expect(left([0, 10, 20, 30, 15, 16])).toEqual([0, 10, 15, 16]);
  expect(left([0, 10, 10])).toEqual([0, 10]);
});

test('the frame at an iteration is the nearest that is not after it', () => {
  const frames = [frame(5), frame(8)];
  expect([4, 5, 7, 8, 99].map((at) => frameAt(frames, at)?.iteration)).toEqual([
    ...[undefined, 5, 5, 8, 8],
  ]);
  expect(stopsOf([frames, [frame(6), frame(8)], []])).toEqual([5, 6, 8]);
});

test('a frame shows the same pixels as its pictures, and what is no number in its colour', () => {
  const images = Float32Array.of(-1, 1, 0, 0.5, 7, -7, 0, NaN, 0, 0, 0, 0);
  const made = toFrame({ images, shape: [2, 3, 1, 2], iteration: 3, variance: 1 });
  expect([...made.bytes]).toEqual([0, 255, 128, 191, 255, 0, 128, 255, 128, 0, 128, 255]);
  expect(made).toMatchObject({ iteration: 3, shape: [2, 3, 1, 2] });
  expect(toFrame(toPictures(made))).toEqual(made);
});

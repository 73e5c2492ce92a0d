import { expect, test } from 'vitest';
import { decimate, MOST_POINTS } from '../../../../src/app/charts/decimate';
import { columnOf } from './curves';

const LENGTH = 20_000;
const WAVES = Array.from({ length: LENGTH }, (_, index) => Math.sin(index / 700));

/** The waves with other values at some indices. */
const withValues = (changes: Readonly<Record<number, number>>) =>
  columnOf(WAVES.map((value, index) => changes[index] ?? value));

test('a short curve is kept point by point', () => {
  expect(decimate(columnOf([3, NaN, 5]), [0, 10])).toEqual([
    { x: 1, y: 3 },
    { x: 2, y: null },
    { x: 3, y: 5 },
  ]);
});

test('of a long curve a few hundred points stay, in their order, and every one is a real one', () => {
  const column = withValues({});
  const points = decimate(column, [0, LENGTH]);
  expect(points.length).toBeGreaterThan(MOST_POINTS / 3);
  expect(points.length).toBeLessThanOrEqual(MOST_POINTS);
  points.forEach(({ x, y }, index) => {
    expect(x).toBeGreaterThan(points[index - 1]?.x ?? 0);
    expect(y).toBe(column.y[x - 1]);
  });
});

test('peaks of a single iteration survive, upwards and downwards', () => {
  const peaks = { 4321: 9, 4322: -8, 12_000: 7, 19_998: -6 };
  const points = decimate(withValues(peaks), [0, LENGTH]);
  for (const [index, value] of Object.entries(peaks)) {
    expect(points).toContainEqual({ x: Number(index) + 1, y: value });
  }
});

test('the ends stay, wherever the cuts fall', () => {
  for (const length of [301, 302, 555, 4096, 4097, 19_999]) {
    const points = decimate(columnOf(WAVES.slice(0, length)), [0, length]);
    expect(points[0]).toEqual({ x: 1, y: WAVES[0] });
    expect(points.at(-1)).toEqual({ x: length, y: WAVES[length - 1] });
    expect(points.length).toBeLessThanOrEqual(MOST_POINTS);
  }
});

test('a part is shown in its own detail, with a neighbour on each side to be drawn to', () => {
  const points = decimate(withValues({}), [1000, 1100]);
  expect(points.map(({ x }) => x)).toEqual(Array.from({ length: 103 }, (_, index) => 999 + index));
});

test('what was not computed for long is a gap; a single missing value is not', () => {
  const gap = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [8000 + index, NaN]));
  const points = decimate(withValues({ ...gap, 300: NaN }), [0, LENGTH]);
  const missing = points.filter(({ y }) => y === null).map(({ x }) => x);
  expect(missing.length).toBeGreaterThan(10);
  expect(Math.min(...missing)).toBeGreaterThan(8000);
  expect(Math.max(...missing)).toBeLessThanOrEqual(13_000);
});

test('a curve that grows keeps the shape of what was drawn', () => {
  const early = decimate(columnOf(WAVES.slice(0, 10_000)), [0, 10_000]);
  const later = decimate(columnOf(WAVES.slice(0, 10_500)), [0, 10_500]);
  // All but its last piece, which was not complete.
  expect(later.slice(0, early.length - 4)).toEqual(early.slice(0, -4));
});

test('nothing is nothing', () => {
  expect(decimate(columnOf([]), [0, 10])).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import { mixtureOfDrawing, type Drawing, type Stroke } from '../../../../src/tasks/mixture/drawing';
import { MOST_COMPONENTS, mixtureSchema } from '../../../../src/tasks/mixture/mixture';
import { ridge, type Point } from '../../../../src/tasks/mixture/ridge';

const drawing = (strokes: readonly Stroke[], more: Partial<Drawing> = {}): Drawing => ({
  classes: ['A', 'B'],
  weighting: 'equal',
  strokes,
  ...more,
});

const line = (of: number, from: Point, to: Point, sigma = 0.1): Stroke => ({
  class: of,
  points: [from, to],
  sigma,
});

const dot = (of: number, at: Point, sigma = 0.1): Stroke => ({ class: of, points: [at], sigma });

describe('a ridge', () => {
  test('lies evenly along the path, around corners too, and is as wide as the brush', () => {
    const path: Point[] = [
      [0, 0],
      [2, 0],
      [2, 2],
    ];
    const blobs = ridge(path, 0.1, 1);
    expect(blobs.map(({ mean }) => mean)).toEqual([
      [0.5, 0],
      [1.5, 0],
      [2, 0.5],
      [2, 1.5],
    ]);
    const [first, , third] = blobs;
    expect(first?.covariance[2]).toBeCloseTo(0.01, 12);
    expect(third?.covariance[0]).toBeCloseTo(0.01, 12);
    expect(first?.covariance[0]).toBeGreaterThan(0.25);
  });

  test('leaves no dips between its Gaussians', () => {
    const blobs = ridge(
      [
        [0, 0],
        [10, 0],
      ],
      0.05,
      0.5,
    );
    const at = (x: number): number =>
      blobs.reduce((sum, { mean, covariance: [xx] }) => {
        return sum + Math.exp(-((x - mean[0]) ** 2) / (2 * xx)) / Math.sqrt(xx);
      }, 0);
    const values = Array.from({ length: 200 }, (_, index) => at(4 + index / 100));
    expect(Math.min(...values) / Math.max(...values)).toBeGreaterThan(0.99);
  });

  test('does not mind points that were drawn twice', () => {
    const once = ridge(
      [
        [0, 0],
        [1, 1],
      ],
      0.1,
      0.3,
    );
    expect(
      ridge(
        [
          [0, 0],
          [0, 0],
          [1, 1],
          [1, 1],
        ],
        0.1,
        0.3,
      ),
    ).toEqual(once);
  });
});

describe('a drawing', () => {
  test('of a line and a dot is a mixture', () => {
    const mixture = mixtureOfDrawing(drawing([line(0, [-1, 0], [1, 0]), dot(1, [0, 1])]));
    expect(mixtureSchema.safeParse(mixture).success).toBe(true);
    expect(mixture.components.filter((one) => one.class === 1)).toHaveLength(1);
    expect(mixture.components.filter((one) => one.class === 0).length).toBeGreaterThan(5);
  });

  test('has classes of the same weight, or by what was drawn', () => {
    const strokes = [line(0, [-1, 0], [2, 0]), line(1, [0, 1], [1, 1])];
    const weightOf = (weighting: Drawing['weighting']): number =>
      mixtureOfDrawing(drawing(strokes, { weighting }))
        .components.filter((one) => one.class === 0)
        .reduce((sum, { weight }) => sum + weight, 0);
    expect(weightOf('equal')).toBeCloseTo(0.5, 12);
    expect(weightOf('mass')).toBeCloseTo(0.75, 12);
  });

  test.each<[string, Drawing, RegExp]>([
    ['one class', drawing([dot(0, [0, 0])], { classes: ['A'] }), /at least two classes/],
    ['nothing in a class', drawing([dot(0, [0, 0])]), /“B” has nothing drawn yet/],
    ['nothing at all', drawing([]), /“A” and “B” have nothing drawn yet/],
    [
      'too many classes',
      drawing([], { classes: Array.from({ length: 9 }, (_, index) => `${index}`) }),
      /at most 8 classes/,
    ],
  ])('with %s says so', (_, given, words) => {
    expect(() => mixtureOfDrawing(given)).toThrow(words);
  });

  test('of very long strokes is sampled more coarsely', () => {
    const long = Array.from({ length: 20 }, (_, row) =>
      line(row % 2, [-3, row / 5], [3, row / 5], 0.02),
    );
    const { components } = mixtureOfDrawing(drawing(long));
    expect(components.length).toBeLessThanOrEqual(MOST_COMPONENTS);
    expect(components.length).toBeGreaterThan(100);
  });

  test('of too many dots has the nearest ones merged, and keeps mean and spread', () => {
    const dots = Array.from({ length: 300 }, (_, index) =>
      dot(index % 2, [Math.cos(index) * (1 + index / 300), Math.sin(3 * index)], 0.05),
    );
    const { components } = mixtureOfDrawing(drawing(dots));
    expect(components).toHaveLength(MOST_COMPONENTS);
    // Merging keeps the moments, and so does what normalisation makes of them.
    const mean = components.reduce((sum, c) => sum + c.weight * c.mean[0], 0);
    const variance = components.reduce(
      (sum, { weight, mean: [x, y], covariance: [xx, , yy] }) =>
        sum + (weight * (xx + yy + x * x + y * y)) / 2,
      0,
    );
    expect(mean).toBeCloseTo(0, 10);
    expect(variance).toBeCloseTo(1, 10);
    const ratio = (
      list: readonly { weight: number; mean: readonly number[]; covariance: readonly number[] }[],
    ) => {
      const of = (axis: 0 | 1): number =>
        list.reduce(
          (sum, c) => sum + c.weight * ((c.covariance[2 * axis] ?? 0) + (c.mean[axis] ?? 0) ** 2),
          0,
        );
      return of(0) / of(1);
    };
    const points = dots.map(({ points: [at] }) => at ?? [0, 0]);
    const centre = [0, 1].map((axis) => points.reduce((sum, p) => sum + (p[axis] ?? 0), 0) / 300);
    const raw = points.map((p) => ({
      weight: 1 / 300,
      mean: p.map((value, axis) => value - (centre[axis] ?? 0)),
      covariance: [0.0025, 0, 0.0025],
    }));
    expect(ratio(components)).toBeCloseTo(ratio(raw), 8);
  });
});

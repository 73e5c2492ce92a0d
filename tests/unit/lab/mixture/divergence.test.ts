import { describe, expect, test } from 'vitest';
import { PhiloxStream } from '../../../../src/graph/philox';
import { DivergenceMeter, spreadOf } from '../../../../src/lab/mixture/divergence';
import { mixtureSchema, type Mixture } from '../../../../src/tasks/mixture/mixture';
import { drawPoints } from '../../../../src/tasks/mixture/teacher/data';
import { CORNERS } from '../../../support/mixtures';

/** Two classes, each one round Gaussian of variance s2 around its mean. */
const pair = (s2: number, first: [number, number] = [0.5, 0]): Mixture =>
  mixtureSchema.parse({
    classes: ['a', 'b'],
    components: [first, [-0.5, 0]].map((mean, index) => ({
      class: index,
      weight: 0.5,
      mean,
      covariance: [s2, 0, s2],
    })),
  });

const pointsOf = (mixture: Mixture, count = 8192) =>
  drawPoints(mixture, new PhiloxStream(1, 2, 3), count);

const KERNEL_VARIANCE = 0.04;

describe('the divergence of points from a mixture', () => {
  test('is nearly 0 for its own points, and falls with their number', () => {
    const meter = new DivergenceMeter(CORNERS);
    const [few, many] = [512, 8192].map((count) => {
      const { points, classes } = pointsOf(CORNERS, count);
      return meter.of(points, classes);
    });
    expect(many).toBeGreaterThan(0);
    expect(many).toBeLessThan(0.01);
    expect(few).toBeGreaterThan(3 * (many ?? 0));
  });

  test('is that of two Gaussians, both widened by the kernel, in closed form', () => {
    const meter = new DivergenceMeter(pair(0.3));
    // KL(N(m1, p) || N(m0, q)) in the plane: |m1 - m0|^2 / (2 q) + p / q - 1 - log(p / q).
    const exact = (moved: number, s2: number) => {
      const [p, q] = [s2 + KERNEL_VARIANCE, 0.3 + KERNEL_VARIANCE];
      return moved ** 2 / (2 * q) + p / q - 1 - Math.log(p / q);
    };
    for (const [moved, s2] of [
      [0, 0.1],
      [0.8, 0.3],
      [0, 0.5],
    ] as const) {
      const { points, classes } = pointsOf(pair(s2, [0.5 + moved, 0]));
      const expected = (exact(moved, s2) + exact(0, s2)) / 2;
      // The estimate's own bias is below 0.01 at this number of points.
      expect(Math.abs(meter.of(points, classes) - expected)).toBeLessThan(0.03);
    }
  });

  test('is the mean over the classes that have points', () => {
    const meter = new DivergenceMeter(pair(0.3));
    const { points, classes } = pointsOf(pair(0.1), 2048);
    const one = (index: number) => {
      const own = Array.from(classes).flatMap((c, i) => (c === index ? [i] : []));
      const values = own.flatMap((i) => [points[2 * i] ?? 0, points[2 * i + 1] ?? 0]);
      return meter.of(Float32Array.from(values), new Int32Array(own.length).fill(index));
    };
    expect(meter.of(points, classes)).toBeCloseTo((one(0) + one(1)) / 2, 10);
  });

  test('grows with distance and stays finite, also of points outside the square', () => {
    const meter = new DivergenceMeter(CORNERS);
    const { points, classes } = pointsOf(CORNERS, 512);
    const away = [0, 1, 2, 3, 10, 1e6].map((by) =>
      meter.of(
        points.map((value) => value + by),
        classes,
      ),
    );
    away.slice(1).forEach((value, index) => {
      expect(value).toBeGreaterThanOrEqual(away[index] ?? NaN);
    });
    expect(away.at(-1)).toBeCloseTo(Math.log(1e6), 6);
  });

  test('spread is the root mean square distance to the mean', () => {
    expect(spreadOf(Float32Array.of(1, 0, 3, 0, 2, 3, 2, -3))).toBeCloseTo(Math.sqrt(5), 6);
  });
});

import { describe, expect, test } from 'vitest';
import { PhiloxStream } from '../../../../src/graph/philox';
import { guidanceScale, noiseLevel } from '../../../../src/flow/time';
import { guidedLogDensity, logDensityOf, renoised } from '../../../../src/tasks/mixture/density';
import { DESIGNS } from '../../../../src/tasks/mixture/designs/registry';
import {
  cellArea,
  densityOnGrid,
  fieldOnGrid,
  levelsOfMass,
} from '../../../../src/tasks/mixture/grid';
import { mixtureSchema, type Mixture } from '../../../../src/tasks/mixture/mixture';
import { drawPoints } from '../../../../src/tasks/mixture/teacher/data';

/** Two classes, one of two components, none of them round. */
const SMALL: Mixture = {
  classes: ['one', 'two'],
  components: [
    { class: 0, weight: 0.5, mean: [0.3, -0.4], covariance: [0.3, 0.1, 0.2] },
    { class: 0, weight: 0.2, mean: [-1, 0.5], covariance: [0.1, -0.02, 0.4] },
    { class: 1, weight: 0.3, mean: [0.8, 0.9], covariance: [0.25, 0, 0.15] },
  ],
};

/** Sum of a density over a fine grid that holds all of it. */
function integral(mixture: Mixture, of: number | null): number {
  const density = logDensityOf(mixture, of);
  const [half, cells] = [6, 480];
  const edge = (2 * half) / cells;
  let sum = 0;
  for (let row = 0; row < cells; row++) {
    for (let column = 0; column < cells; column++) {
      sum += Math.exp(density((column + 0.5) * edge - half, (row + 0.5) * edge - half));
    }
  }
  return sum * edge * edge;
}

describe('densities', () => {
  test.each([null, 0, 1])('integrate to 1 (class %s)', (of) => {
    expect(integral(SMALL, of)).toBeCloseTo(1, 6);
    expect(integral(renoised(SMALL, noiseLevel(0.4)), of)).toBeCloseTo(1, 6);
  });

  test('are the weighted sum of those of the classes', () => {
    const [all, one, two] = [null, 0, 1].map((of) => logDensityOf(SMALL, of));
    for (const [x, y] of [
      [0, 0],
      [1.3, -0.2],
      [-2, 2],
    ] as const) {
      const sum = 0.7 * Math.exp(one?.(x, y) ?? NaN) + 0.3 * Math.exp(two?.(x, y) ?? NaN);
      expect(Math.exp(all?.(x, y) ?? NaN)).toBeCloseTo(sum, 12);
    }
  });

  test('stay finite far away, where they underflow', () => {
    expect(logDensityOf(SMALL, null)(400, -300)).toBeLessThan(-1e5);
  });

  test('of a class that is not there are refused', () => {
    expect(() => logDensityOf(SMALL, 2)).toThrow(RangeError);
  });
});

describe('renoising', () => {
  test('at 0 leaves a standard normal, at 1 the mixture', () => {
    const noise = logDensityOf(renoised(SMALL, noiseLevel(0)), 1);
    expect(noise(0.7, -1.1)).toBeCloseTo(-Math.log(2 * Math.PI) - (0.49 + 1.21) / 2, 12);
    expect(renoised(SMALL, noiseLevel(1)).components).toEqual(SMALL.components);
  });

  test('agrees with points that were renoised', () => {
    const tau = 0.6;
    const count = 40_000;
    const { points } = drawPoints(SMALL, new PhiloxStream(3, 0, 0), count);
    const { points: noise } = drawPoints(
      renoised(SMALL, noiseLevel(0)),
      new PhiloxStream(4, 0, 0),
      count,
    );
    const mixed = points.map((value, index) => tau * value + (1 - tau) * (noise[index] ?? NaN));
    const { components } = renoised(SMALL, noiseLevel(tau));
    for (const axis of [0, 1] as const) {
      const own = mixed.filter((_, index) => index % 2 === axis);
      const mean = own.reduce((sum, value) => sum + value / count, 0);
      const square = own.reduce((sum, value) => sum + (value * value) / count, 0);
      const wanted = components.reduce((sum, c) => sum + c.weight * c.mean[axis], 0);
      const wantedSquare = components.reduce(
        (sum, c) => sum + c.weight * (c.mean[axis] ** 2 + c.covariance[axis === 0 ? 0 : 2]),
        0,
      );
      // Four standard errors, of values below 1 in spread.
      expect(Math.abs(mean - wanted)).toBeLessThan(4 / Math.sqrt(count));
      expect(Math.abs(square - wantedSquare)).toBeLessThan(8 / Math.sqrt(count));
    }
  });
});

describe('guidance', () => {
  const [conditional, unconditional] = [logDensityOf(SMALL, 1), logDensityOf(SMALL, null)];
  const at = (x: number, y: number, alpha: number): number =>
    guidedLogDensity(conditional(x, y), unconditional(x, y), guidanceScale(alpha));

  test('at alpha 1 aims at the class, above it away from where the others are', () => {
    expect(at(0.5, 0.5, 1)).toBeCloseTo(conditional(0.5, 0.5), 12);
    const overlap = at(0.4, 0.2, 4) - conditional(0.4, 0.2);
    const own = at(1.2, 1.5, 4) - conditional(1.2, 1.5);
    expect(own).toBeGreaterThan(overlap + 1);
  });

  test('is p(x) (p(x | c) / p(x))^alpha', () => {
    const [p, pc] = [Math.exp(unconditional(0.3, 0.8)), Math.exp(conditional(0.3, 0.8))];
    expect(Math.exp(at(0.3, 0.8, 3))).toBeCloseTo(p * (pc / p) ** 3, 12);
  });
});

describe('a grid', () => {
  const grid = { half: 5, cells: 200 };

  test('holds a density that sums to 1, whatever factor it lacked', () => {
    const density = logDensityOf(SMALL, 0);
    const values = densityOnGrid(
      fieldOnGrid((x, y) => density(x, y) + 700, grid),
      grid,
    );
    const sum = values.reduce((total, value) => total + value, 0);
    expect(sum * cellArea(grid)).toBeCloseTo(1, 10);
    // Cell (110, 90) has its middle at (0.525, -0.475)
    expect(values[90 * 200 + 110]).toBeCloseTo(Math.exp(density(0.525, -0.475)), 6);
  });

  test('tells the levels that hold a mass: those of a normal are known', () => {
    const normal = densityOnGrid(
      fieldOnGrid((x, y) => -(x * x + y * y) / 2, grid),
      grid,
    );
    const levels = levelsOfMass(normal, [0.25, 0.5, 0.9]);
    // The region of mass m ends where the density has fallen to (1 - m) of its top, 1 / 2 pi.
    [0.75, 0.5, 0.1].forEach((share, index) => {
      expect((levels[index] ?? NaN) * 2 * Math.PI).toBeCloseTo(share, 2);
    });
  });
});

describe.each(DESIGNS)('$name', ({ mixture }) => {
  test('is a mixture of mean 0 and mean axis variance 1', () => {
    expect(mixtureSchema.safeParse(mixture).success).toBe(true);
    let [mx, my, variance] = [0, 0, 0];
    for (const {
      weight,
      mean: [x, y],
      covariance: [xx, , yy],
    } of mixture.components) {
      mx += weight * x;
      my += weight * y;
      variance += (weight * (xx + yy + x * x + y * y)) / 2;
    }
    expect(mx).toBeCloseTo(0, 10);
    expect(my).toBeCloseTo(0, 10);
    expect(variance).toBeCloseTo(1, 10);
  });

  test('has classes that overlap: a share of each one’s points looks like another’s', () => {
    const { points, classes } = drawPoints(mixture, new PhiloxStream(1, 0, 0), 2000);
    const own = mixture.classes.map((_, index) => logDensityOf(mixture, index));
    let unsure = 0;
    classes.forEach((of, index) => {
      const at = own.map((field) =>
        Math.exp(field(points[2 * index] ?? 0, points[2 * index + 1] ?? 0)),
      );
      const share = (at[of] ?? 0) / at.reduce((sum, value) => sum + value, 0);
      if (share < 0.95) unsure++;
    });
    expect(unsure / classes.length).toBeGreaterThan(0.08);
  });
});

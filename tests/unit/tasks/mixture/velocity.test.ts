import { describe, expect } from 'vitest';
import { cleanPredictions } from '../../../../src/distill/networks';
import { ShapeError } from '../../../../src/graph/shape';
import type { Gpu } from '../../../../src/gpu/gpu';
import type { Mixture } from '../../../../src/tasks/mixture/mixture';
import { componentTable, tableShape } from '../../../../src/tasks/mixture/teacher/table';
import { mixtureVelocity } from '../../../../src/tasks/mixture/teacher/velocity';
import * as reference from '../../../reference/mixture';
import { expectClose } from '../../../support/compare';
import { evaluate, feed, type Fed } from '../../../support/evaluate';
import { finiteDifferences } from '../../../support/finiteDifferences';
import { test } from '../../../support/gpu';
import { randomMixture } from '../../../support/mixtures';
import { randomValues } from '../../../support/random';

interface Question {
  readonly x: Fed;
  readonly tau: Fed;
  readonly rows: Fed;
}

/** Points at levels from 0 to 1 under every class in turn, "any" included. */
const question = (batch: number, classes: number, seed: number): Question => ({
  x: feed([batch, 2], randomValues(2 * batch, seed)),
  tau: feed(
    [batch],
    Float32Array.from({ length: batch }, (_, b) => ((b * 7) % 11) / 10),
  ),
  rows: feed(
    [batch, 1],
    Int32Array.from({ length: batch }, (_, b) => b % (classes + 1)),
  ),
});

const inputOf = ({ x, tau, rows }: Question) => ({ x: x.tensor, t: tau.tensor, rows: rows.tensor });

const each = (
  { x, tau, rows }: Question,
  of: (row: number, at: [number, number], tau: number) => readonly number[],
): number[] =>
  Array.from(tau.data).flatMap((level, b) =>
    of(rows.data[b] ?? NaN, [x.data[2 * b] ?? NaN, x.data[2 * b + 1] ?? NaN], level),
  );

const velocities = async (gpu: Gpu, mixture: Mixture, asked: Question) => {
  const table = feed(tableShape(mixture), componentTable(mixture));
  const velocity = mixtureVelocity(table.tensor, mixture.classes.length, inputOf(asked));
  const [values = []] = await evaluate(gpu, [velocity], [asked.x, asked.tau, asked.rows, table]);
  return values;
};

const expected = (mixture: Mixture, asked: Question) =>
  each(asked, (row, at, tau) => reference.mixtureVelocity(mixture, row, at, tau));

describe('the velocity of a mixture', () => {
  for (const [batch, components, classes] of [
    [1, 2, 2],
    [3, 5, 3],
    [65, 3, 2],
    [65, 128, 8],
    [200, 17, 5],
  ] as const) {
    test(`${batch} points, ${components} components, ${classes} classes`, async ({ gpu }) => {
      const mixture = randomMixture(components, classes, batch);
      const asked = question(batch, classes, 5);
      const values = await velocities(gpu, mixture, asked);
      expectClose('velocity', values, expected(mixture, asked), { relative: 2e-5 });
    });
  }

  test('a class of one component, and one Gaussian in all', async ({ gpu }) => {
    const component = {
      class: 0,
      weight: 1,
      mean: [0.5, -1],
      covariance: [0.3, 0.1, 0.2],
    } as const;
    const mixture: Mixture = { classes: ['one', 'none'], components: [{ ...component } as never] };
    const asked = { ...question(11, 0, 6), rows: feed([11, 1], new Int32Array(11).fill(2)) };
    const values = await velocities(gpu, mixture, asked);
    expectClose('velocity', values, expected(mixture, asked), { relative: 1e-5 });
  });

  test('at the ends: mean - x at tau 0, x itself at tau 1', async ({ gpu }) => {
    const mixture = randomMixture(16, 4);
    const asked = question(40, 4, 7);
    for (const level of [0, 1]) {
      const at = { ...asked, tau: feed([40], new Float32Array(40).fill(level)) };
      const values = await velocities(gpu, mixture, at);
      const ends = each(at, (row, [x, y]) => {
        if (level === 1) return [x, y];
        const parts = mixture.components.filter((one) => row === 4 || one.class === row);
        const total = parts.reduce((sum, { weight }) => sum + weight, 0);
        const mean = (axis: 0 | 1) =>
          parts.reduce((sum, part) => sum + (part.weight / total) * part.mean[axis], 0);
        return [mean(0) - x, mean(1) - y];
      });
      expectClose(`tau ${level}`, values, ends, { relative: 2e-6 });
    }
  });

  test('far away, where every density is 0 in float32, and of a hair-thin component', async ({
    gpu,
  }) => {
    const mixture = randomMixture(9, 3);
    const asked = question(22, 3, 8);
    const far = { ...asked, x: feed([22, 2], asked.x.data.map((value) => 1e3 * value) as never) };
    const values = await velocities(gpu, mixture, far);
    expectClose('far', values, expected(mixture, far), { relative: 1e-4 });

    // Standard deviations 0.7 and 0.001, at 30 degrees.
    const [a, b] = [0.49, 1e-6];
    const [c, s] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)];
    const thin: Mixture = {
      classes: ['thin', 'round'],
      components: [
        {
          class: 0,
          weight: 0.5,
          mean: [0.1, 0.2],
          covariance: [a * c * c + b * s * s, (a - b) * c * s, a * s * s + b * c * c],
        },
        { class: 1, weight: 0.5, mean: [-1, 0], covariance: [0.1, 0, 0.1] },
      ],
    };
    const levels = Float32Array.from({ length: 22 }, (_, k) => k / 21);
    const near = { ...asked, tau: feed([22], levels), rows: feed([22, 1], new Int32Array(22)) };
    const thinValues = await velocities(gpu, thin, near);
    expectClose('thin', thinValues, expected(thin, near), { relative: 1e-4 });
  });

  test('the clean prediction is the score of x_tau by finite differences', async ({ gpu }) => {
    const mixture = randomMixture(12, 3, 4);
    const batch = 24;
    const levels = Float32Array.from({ length: batch }, (_, b) => 0.05 + (0.9 * b) / batch);
    const asked = { ...question(batch, 3, 9), tau: feed([batch], levels) };
    const table = feed(tableShape(mixture), componentTable(mixture));
    const input = inputOf(asked);
    const point = { x: input.x, tau: input.t, rows: input.rows };
    const clean = cleanPredictions((at) => mixtureVelocity(table.tensor, 3, at), [point]);
    const [values = []] = await evaluate(gpu, clean, [asked.x, asked.tau, asked.rows, table]);
    // Tweedie: E[x | x_tau] = (x_tau + (1 - tau)^2 score) / tau.
    const scored = each(asked, (row, at, tau) => {
      const score = finiteDifferences(
        ([x = 0, y = 0]) => reference.logDensity(mixture, row, [x, y], tau),
        at,
      );
      return at.map((value, axis) => (value + (1 - tau) ** 2 * (score[axis] ?? NaN)) / tau);
    });
    expectClose('clean prediction', values, scored, { relative: 3e-5 });
  });

  test('another mixture of the same size is other values of one program', async ({ gpu }) => {
    const asked = question(5, 2, 3);
    for (const seed of [1, 2]) {
      const mixture = randomMixture(6, 2, seed);
      const values = await velocities(gpu, mixture, asked);
      expectClose(`mixture ${seed}`, values, expected(mixture, asked), { relative: 2e-5 });
    }
  });

  test('refuses other shapes', () => {
    const { x, t, rows } = inputOf(question(4, 2, 1));
    const table = feed([2, 8], new Float32Array(16)).tensor;
    const bad = feed([4, 3], new Float32Array(12)).tensor;
    expect(() => mixtureVelocity(table, 2, { x: bad, t, rows })).toThrow(ShapeError);
    expect(() => mixtureVelocity(table, 2, { x, t: x, rows })).toThrow(ShapeError);
    expect(() => mixtureVelocity(table, 2, { x, t, rows: x })).toThrow(ShapeError);
    expect(() => mixtureVelocity(x, 2, { x, t, rows })).toThrow(ShapeError);
  });
});

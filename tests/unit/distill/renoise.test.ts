import { describe, expect } from 'vitest';
import { cleanPrediction } from '../../../src/flow/cleanPrediction';
import { renoise } from '../../../src/flow/renoise';
import { gradients } from '../../../src/graph/differentiate';
import { elementCount, ShapeError } from '../../../src/graph/shape';
import * as reference from '../../reference/distill';
import { expectClose } from '../../support/compare';
import { evaluate, feed } from '../../support/evaluate';
import { finiteDifferences } from '../../support/finiteDifferences';
import { test } from '../../support/gpu';
import { randomValues } from '../../support/random';

const TOLERANCE = { relative: 1e-6 };

const levels = (count: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => (i + 0.5) / count);

const inputs = (shape: number[]) => {
  const [samples = 1] = shape;
  const count = elementCount(shape);
  return {
    x: feed(shape, randomValues(count, 1)),
    tau: feed([samples], levels(samples)),
    other: feed(shape, randomValues(count, 2)),
    dy: feed(shape, randomValues(count, 3)),
  };
};

const dot = (a: readonly number[], b: ArrayLike<number>): number =>
  a.reduce((total, value, i) => total + value * (b[i] ?? 0), 0);

describe('direction: t = 0 is noise, t = 1 is clean', () => {
  test('renoising at tau = 1 returns the image, at tau = 0 the noise', async ({ gpu }) => {
    const { x, other: noise } = inputs([2, 3, 17]);
    const tau = feed([2], [1, 0]);
    const [y] = await evaluate(gpu, [renoise(x.tensor, tau.tensor, noise.tensor)], [x, tau, noise]);
    const expected = [...x.data.slice(0, 51), ...noise.data.slice(51)];
    expect([...(y ?? [])]).toEqual(expected);
  });

  test('the clean prediction at tau = 1 is x_tau itself', async ({ gpu }) => {
    const { x, other: velocity } = inputs([2, 17]);
    const tau = feed([2], [1, 1]);
    const clean = cleanPrediction(x.tensor, tau.tensor, velocity.tensor);
    const [y] = await evaluate(gpu, [clean], [x, tau, velocity]);
    expect(y).toEqual(x.data);
  });

  test('the true velocity x - eps leads from x_tau back to x', async ({ gpu }) => {
    const { x, tau, other: noise } = inputs([3, 17]);
    const velocity = feed(
      [3, 17],
      x.data.map((value, i) => value - (noise.data[i] ?? 0)),
    );
    const xTau = renoise(x.tensor, tau.tensor, noise.tensor);
    const clean = cleanPrediction(xTau, tau.tensor, velocity.tensor);
    const [y] = await evaluate(gpu, [clean], [x, tau, noise, velocity]);
    expectClose('clean prediction', y ?? [], x.data, TOLERANCE);
  });
});

for (const shape of [
  [1, 1],
  [3, 17],
  [17, 3, 2, 5],
  [129, 3],
]) {
  test(`renoise of [${shape.join(', ')}] and its gradient`, async ({ gpu }) => {
    const { x, tau, other: noise, dy } = inputs(shape);
    const y = renoise(x.tensor, tau.tensor, noise.tensor);
    const dx = gradients([{ tensor: y, gradient: dy.tensor }], [x.tensor]);
    const results = await evaluate(gpu, [y, ...dx], [x, tau, noise, dy]);
    const forward = (values: ArrayLike<number>) => reference.renoise(values, tau.data, noise.data);
    expectClose('x_tau', results[0] ?? [], forward(x.data), TOLERANCE);
    const expected = finiteDifferences((values) => dot(forward(values), dy.data), x.data);
    expectClose('dx', results[1] ?? [], expected, TOLERANCE);
  });
}

test('cleanPrediction and its gradients', async ({ gpu }) => {
  const { x, tau, other: velocity, dy } = inputs([3, 5, 7]);
  const y = cleanPrediction(x.tensor, tau.tensor, velocity.tensor);
  const both = gradients([{ tensor: y, gradient: dy.tensor }], [x.tensor, velocity.tensor]);
  const results = await evaluate(gpu, [y, ...both], [x, tau, velocity, dy]);
  const forward = (xTau: ArrayLike<number>, v: ArrayLike<number>) =>
    reference.cleanPrediction(xTau, tau.data, v);
  expectClose('xhat', results[0] ?? [], forward(x.data, velocity.data), TOLERANCE);
  const byX = finiteDifferences((at) => dot(forward(at, velocity.data), dy.data), x.data);
  const byV = finiteDifferences((at) => dot(forward(x.data, at), dy.data), velocity.data);
  expectClose('d x_tau', results[1] ?? [], byX, TOLERANCE);
  expectClose('d velocity', results[2] ?? [], byV, TOLERANCE);
});

test('refuses noise of another shape, and levels of another number of samples', () => {
  const { x, tau, other } = inputs([3, 17]);
  expect(() => renoise(x.tensor, tau.tensor, inputs([3, 5]).other.tensor)).toThrow(ShapeError);
  expect(() => renoise(x.tensor, inputs([5, 3]).tau.tensor, other.tensor)).toThrow(
    /renoise: \[3, 17\] and \[5\]/,
  );
});

import { expect } from 'vitest';
import { drawRenoised } from '../../../src/flow/drawRenoised';
import { DISTRIBUTIONS } from '../../../src/flow/tauDistribution';
import { gradients } from '../../../src/graph/differentiate';
import { timeEmbedding } from '../../../src/graph/ops/timeEmbedding';
import { sum } from '../../../src/graph/ops/reduce';
import { PhiloxStream } from '../../../src/graph/philox';
import { elementCount } from '../../../src/graph/shape';
import { setting } from '../../../src/graph/tensor';
import * as reference from '../../reference/distill';
import { weighted } from '../../reference/matmul';
import { expectClose } from '../../support/compare';
import { evaluate, evaluateProgram, feed } from '../../support/evaluate';
import { finiteDifferences } from '../../support/finiteDifferences';
import { test } from '../../support/gpu';
import { randomValues } from '../../support/random';

const [TAU_STREAM, NOISE_STREAM, SEED, STEP] = [5, 6, 9, 4];
// Logarithms and turns in f32.
const TOLERANCE = { relative: 1e-5 };

const from = {
  distribution: setting('distribution'),
  lo: setting('lo'),
  hi: setting('hi'),
  aboveT: setting('aboveT'),
  t: setting('t'),
  logitMean: setting('logitMean'),
  logitStd: setting('logitStd'),
  shift: setting('shift'),
  seed: setting('seed', 'u32'),
  step: setting('step', 'u32'),
  stream: TAU_STREAM,
};

const range: reference.TauRange = {
  distribution: 'logitNormal',
  lo: 0.02,
  hi: 0.98,
  aboveT: true,
  t: 0.3,
  logitMean: -0.4,
  logitStd: 1.2,
  shift: 1,
};

const settings = {
  ...range,
  distribution: DISTRIBUTIONS.indexOf(range.distribution),
  aboveT: 1,
  seed: { u32: SEED },
  step: { u32: STEP },
};

/** tau and noise of a shape, by the TypeScript twins of what the GPU draws. */
const draws = (shape: readonly number[]) => {
  const stream = new PhiloxStream(SEED, NOISE_STREAM, STEP);
  return {
    tau: reference.sampleTau(shape[0] ?? 1, range, new PhiloxStream(SEED, TAU_STREAM, STEP)),
    noise: Array.from({ length: elementCount(shape) }, () => stream.normal()),
  };
};

// Blocks of four that begin anywhere in a sample, hold several of them, or end beyond the last.
for (const shape of [
  [1, 1],
  [9, 1],
  [5, 3],
  [7, 17],
  [6, 3, 4, 4],
]) {
  test(`[${shape.join(', ')}] as its parts by themselves`, async ({ gpu }) => {
    const x = feed(shape, randomValues(elementCount(shape), 1));
    const y = drawRenoised(x.tensor, from, NOISE_STREAM);
    const run = await evaluateProgram(gpu, [y.x, y.tau, y.noise], [x], { settings });
    const { tau, noise } = draws(shape);
    expectClose('tau', run.results[1] ?? [], tau, TOLERANCE);
    expectClose('noise', run.results[2] ?? [], noise, TOLERANCE);
    const expected = reference.renoise(x.data, tau, noise);
    expectClose('x_tau', run.results[0] ?? [], expected, TOLERANCE);
    expect(run.program.cost.dispatches).toBe(1);
  });
}

test('the gradient reaches x, past what is computed from tau', async ({ gpu }) => {
  const x = feed([5, 3], randomValues(15, 1));
  const dy = feed([5, 3], randomValues(15, 2));
  const y = drawRenoised(x.tensor, from, NOISE_STREAM);
  // Nothing that only tau decides has a gradient: were it asked for one, this would throw.
  const seeds = [
    { tensor: y.x, gradient: dy.tensor },
    { tensor: sum(timeEmbedding(y.tau)), gradient: setting('t') },
  ];
  const [dx] = await evaluate(gpu, gradients(seeds, [x.tensor]), [x, dy], { settings });
  const { tau, noise } = draws([5, 3]);
  const loss = (at: ArrayLike<number>) => weighted(reference.renoise(at, tau, noise), dy.data);
  expectClose('dx', dx ?? [], finiteDifferences(loss, x.data), TOLERANCE);
});

test('refuses a stream that is no u32', () => {
  const x = feed([2, 3], randomValues(6, 1));
  expect(() => drawRenoised(x.tensor, from, -1)).toThrow(/stream/);
});

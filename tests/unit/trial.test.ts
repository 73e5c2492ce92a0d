import { expect } from 'vitest';
import { divide, multiply, subtract } from '../../src/graph/ops/pointwise';
import { matmul } from '../../src/graph/ops/matmul';
import { concat, slice } from '../../src/graph/ops/views';
import { makeTensor, type Tensor } from '../../src/graph/tensor';
import { passes, productTrials, sumTrials, type Trial } from '../../src/graph/trial';
import { KERNEL_CHOICES, sharedEngine } from '../support/evaluate';
import { test } from '../support/gpu';
import { HALF_CHOICES, SUM_CHOICES } from '../support/optionalKernels';

/** Trials whose results go through `flaw` first. */
const flawed = (trials: readonly Trial[], flaw: (value: Tensor) => Tensor): Trial[] =>
  trials.map((trial) => ({ ...trial, value: flaw(trial.value) }));

/** The product of operands of which the last number of each row of the first is forgotten. */
const forgetful = (product: Tensor): Tensor => {
  const [x, w] = product.inputs;
  if (!x || !w) throw new Error('no product');
  const k = x.shape.at(-1) ?? 0;
  const kept = slice(x, 2, 0, k - 1);
  const gone = multiply(slice(x, 2, k - 1, 1), 0);
  return matmul(concat([kept, gone], 2), w, { transposeB: true });
};

for (const choice of [...SUM_CHOICES, ...HALF_CHOICES]) {
  test(`${choice.matmul} and ${choice.reduce} pass their trials`, async ({ gpu }) => {
    const engine = sharedEngine(gpu, choice);
    expect(await passes(engine, [...productTrials(), ...sumTrials()])).toBe(true);
  });
}

const [choice] = KERNEL_CHOICES;
if (!choice) throw new Error('no kernel choice');

const FLAWS: Record<string, (value: Tensor) => Tensor> = {
  'a hundredth too much': (value) => multiply(value, 1.01),
  'not a number': (value) => divide(value, subtract(value, value)),
  'all zero': (value) => multiply(value, 0),
};

for (const [name, flaw] of Object.entries(FLAWS)) {
  test(`a contender whose results are ${name} is refused`, async ({ gpu }) => {
    const engine = sharedEngine(gpu, choice);
    for (const trial of [...productTrials(), ...sumTrials()]) {
      expect(await passes(engine, flawed([trial], flaw))).toBe(false);
    }
  });
}

test('a product that leaves out one number of many is refused', async ({ gpu }) => {
  const engine = sharedEngine(gpu, choice);
  for (const trial of productTrials()) {
    expect(await passes(engine, flawed([trial], forgetful))).toBe(false);
  }
});

test('one wrong result among all trials is enough', async ({ gpu }) => {
  const [first, ...others] = productTrials();
  if (!first) throw new Error('no trial');
  const wrong = { ...first, expected: first.expected.with(7, 1e3) };
  expect(await passes(sharedEngine(gpu, choice), [...others, wrong])).toBe(false);
});

test('a contender that does not compile is refused, not an error', async ({ gpu }) => {
  const broken = (value: Tensor): Tensor =>
    makeTensor({
      operation: 'broken',
      shape: value.shape,
      inputs: [value],
      lowering: {
        kind: 'kernel',
        kernel: {
          family: 'broken',
          operands: [{ name: 'x', access: 'value' }],
          dispatches: () => [{ source: 'fn main( {', shape: [], workgroups: [1, 1, 1] }],
        },
      },
    });
  expect(await passes(sharedEngine(gpu, choice), flawed(sumTrials(), broken))).toBe(false);
});

import { expect } from 'vitest';
import { gradients } from '../../../src/graph/differentiate';
import { sum } from '../../../src/graph/ops/reduce';
import { multiply } from '../../../src/graph/ops/pointwise';
import { constant } from '../../../src/graph/tensor';
import { mlp, mlpLayout } from '../../../src/models/mlp';
import { flattenParameters, ParameterSet } from '../../../src/models/parameters';
import { elementCount, ShapeError } from '../../../src/graph/shape';
import { expectClose } from '../../support/compare';
import { evaluate, feed } from '../../support/evaluate';
import { finiteDifferences } from '../../support/finiteDifferences';
import { test } from '../../support/gpu';
import { randomValues } from '../../support/random';

const SIZES = [3, 5, 4, 2];
const layout = mlpLayout(SIZES);

/** The network in float64, of rows x and the layout's flat weights. */
const twin = (flat: ArrayLike<number>, x: ArrayLike<number>): number[] => {
  const weight = (name: string, index: number) =>
    flat[(layout.entries.get(name)?.offset ?? NaN) + index] ?? NaN;
  const rows = Array.from({ length: x.length / 3 }, (_, r) =>
    [0, 1, 2].map((i) => x[3 * r + i] ?? NaN),
  );
  return rows.flatMap((row) => {
    let h = row;
    for (const [layer, to] of SIZES.slice(1).entries()) {
      const input = layer === 0 ? h : h.map((v) => v / (1 + Math.exp(-v)));
      h = Array.from({ length: to }, (_, o) =>
        input.reduce(
          (total, v, i) => total + v * weight(`layers.${layer}.weight`, o * input.length + i),
          weight(`layers.${layer}.bias`, o),
        ),
      );
    }
    return h;
  });
};

test('an MLP and its gradients equal the formula', async ({ gpu }) => {
  const tensors = new Map(
    [...layout.entries].map(([name, { shape }], seed) => [
      name,
      { shape, data: randomValues(elementCount(shape), seed) },
    ]),
  );
  const weights = { data: flattenParameters(layout, tensors) };
  const parameters = new ParameterSet('mlp', layout);
  const [x, seed] = [feed([2, 2, 3], randomValues(12, 11)), feed([2, 2, 2], randomValues(8, 12))];
  const y = mlp(parameters, SIZES, x.tensor);
  const loss = sum(multiply(y, seed.tensor));
  const names = parameters.trainable();
  const wanted = [x.tensor, ...names.map((name) => parameters.tensor(name))];
  const all = gradients([{ tensor: loss, gradient: constant(1) }], wanted);
  const fedWeights = { tensor: x.tensor, variable: parameters.flat, data: weights.data };
  const [values, dx, ...dWeights] = await evaluate(gpu, [y, ...all], [x, seed, fedWeights]);

  expectClose('y', values ?? [], twin(weights.data, x.data), { relative: 1e-5 });
  const lossOf = (flat: ArrayLike<number>, at: ArrayLike<number>) =>
    twin(flat, at).reduce((total, value, i) => total + value * (seed.data[i] ?? NaN), 0);
  const byX = finiteDifferences((at) => lossOf(weights.data, at), x.data);
  expectClose('dx', dx ?? [], byX, { relative: 1e-5 });
  const byWeights = finiteDifferences((flat) => lossOf(flat, x.data), weights.data);
  names.forEach((name, index) => {
    const { offset, shape } = layout.entries.get(name) ?? { offset: 0, shape: [] };
    const expected = byWeights.slice(offset, offset + elementCount(shape));
    expectClose(name, dWeights[index] ?? [], expected, { relative: 1e-5 });
  });
});

test('an MLP refuses what it cannot be', () => {
  const parameters = new ParameterSet('mlp', layout);
  const x = feed([2, 4], randomValues(8, 1)).tensor;
  expect(() => mlp(parameters, SIZES, x)).toThrow(ShapeError);
  expect(() => mlp(parameters, SIZES, x)).toThrow('mlp: [2, 4] and [3, 5, 4, 2]');
  expect(() => mlpLayout([3])).toThrow('two or more positive sizes, got [3]');
  expect(() => mlpLayout([3, 0, 2])).toThrow(RangeError);
});

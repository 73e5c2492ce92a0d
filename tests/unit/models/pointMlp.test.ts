import { describe, expect } from 'vitest';
import { gradients } from '../../../src/graph/differentiate';
import { multiply } from '../../../src/graph/ops/pointwise';
import { sum } from '../../../src/graph/ops/reduce';
import { PhiloxStream } from '../../../src/graph/philox';
import { elementCount, ShapeError } from '../../../src/graph/shape';
import { constant } from '../../../src/graph/tensor';
import {
  discriminatorLayout,
  discriminatorLogits,
  initialHead,
} from '../../../src/models/discriminator';
import { ParameterSet } from '../../../src/models/parameters';
import { initialPointMlp, pointMlpBackbone, pointMlpLayout } from '../../../src/models/pointMlp';
import { expectClose } from '../../support/compare';
import { evaluate, feed } from '../../support/evaluate';
import { finiteDifferences } from '../../support/finiteDifferences';
import { test } from '../../support/gpu';
import { randomValues } from '../../support/random';

const CONFIG = { classes: 3, width: 6, depth: 3 };
const BATCH = 5;
const layout = pointMlpLayout(CONFIG);
const backbone = pointMlpBackbone(CONFIG);
const weights = initialPointMlp(CONFIG, new PhiloxStream(3, 0, 0));

const [x, t] = [feed([BATCH, 2], randomValues(10, 1)), feed([BATCH], [0, 0.1, 0.5, 0.9, 1])];
const rows = feed([BATCH, 1], Int32Array.from([0, 1, 2, 3, 1]));
const input = { x: x.tensor, t: t.tensor, rows: rows.tensor };

/** The network in float64, of points and the flat weights: hidden activations and velocities. */
const twin = (flat: ArrayLike<number>, points: ArrayLike<number>) => {
  const at = (name: string, index: number) =>
    flat[(layout.entries.get(name)?.offset ?? NaN) + index] ?? NaN;
  const dense = (name: string, from: readonly number[], to: number): number[] =>
    Array.from({ length: to }, (_, o) =>
      from.reduce(
        (total, value, i) => total + value * at(`${name}.weight`, o * from.length + i),
        at(`${name}.bias`, o),
      ),
    );
  const silu = (value: number) => value / (1 + Math.exp(-value));
  return Array.from(t.data, (time, b) => {
    const frequencies = [0, 1, 2, 3, 4].map((k) => 16 * 1000 ** (-k / 5));
    const embedded = [Math.sin, Math.cos].flatMap((wave) => frequencies.map((f) => wave(f * time)));
    const seen = [points[2 * b] ?? NaN, points[2 * b + 1] ?? NaN, ...embedded];
    const row = rows.data[b] ?? NaN;
    let h = dense('hidden.0', seen, 6).map((value, o) =>
      silu(value + at('classEmbed.weight', 6 * row + o)),
    );
    for (const layer of [1, 2]) h = dense(`hidden.${layer}`, h, 6).map(silu);
    return { hidden: h, velocity: dense('output', h, 2) };
  });
};

describe('the network of points', () => {
  test('equals its formula, and its gradients finite differences', async ({ gpu }) => {
    const parameters = new ParameterSet('points', layout);
    const velocity = backbone.velocity(parameters)(input);
    const features = backbone.features(parameters)(input);
    expect(features.shape).toEqual([BATCH, 1, 6]);
    const seed = feed([BATCH, 2], randomValues(10, 4));
    const loss = sum(multiply(velocity, seed.tensor));
    const names = parameters.trainable();
    const wanted = [x.tensor, ...names.map((name) => parameters.tensor(name))];
    const all = gradients([{ tensor: loss, gradient: constant(1) }], wanted);
    const fed = { tensor: x.tensor, variable: parameters.flat, data: weights };
    const [v = [], h = [], dx = [], ...dWeights] = await evaluate(
      gpu,
      [velocity, features, ...all],
      [x, t, rows, seed, fed],
    );
    const expected = twin(weights, x.data);
    expectClose(
      'velocity',
      v,
      expected.flatMap((one) => one.velocity),
      { relative: 1e-5 },
    );
    expectClose(
      'features',
      h,
      expected.flatMap((one) => one.hidden),
      { relative: 1e-5 },
    );
    const lossOf = (flat: ArrayLike<number>, points: ArrayLike<number>) =>
      twin(flat, points)
        .flatMap((one) => one.velocity)
        .reduce((total, value, i) => total + value * (seed.data[i] ?? NaN), 0);
    const byX = finiteDifferences((points) => lossOf(weights, points), x.data);
    expectClose('dx', dx, byX, { relative: 2e-5 });
    const byWeights = finiteDifferences((flat) => lossOf(flat, x.data), weights);
    names.forEach((name, index) => {
      const { offset, shape } = layout.entries.get(name) ?? { offset: 0, shape: [] };
      const part = byWeights.slice(offset, offset + elementCount(shape));
      expectClose(name, dWeights[index] ?? [], part, { relative: 2e-5 });
    });
  });

  test('as the trunk of a discriminator, one logit a point that reaches the points', async ({
    gpu,
  }) => {
    const whole = discriminatorLayout(backbone);
    const parameters = new ParameterSet('discriminator', whole);
    const flat = new Float32Array(whole.size);
    flat.set(weights);
    flat.set(initialHead(6, new PhiloxStream(4, 0, 0)), layout.size);
    const logits = discriminatorLogits(backbone, parameters, parameters, input);
    const [dx] = gradients([{ tensor: sum(logits), gradient: constant(1) }], [x.tensor]);
    const fed = { tensor: x.tensor, variable: parameters.flat, data: flat };
    const [values = [], slope = []] = await evaluate(
      gpu,
      [logits, dx ?? logits],
      [x, t, rows, fed],
    );

    const head = (name: string, index: number) =>
      flat[(whole.entries.get(`head.${name}`)?.offset ?? NaN) + index] ?? NaN;
    const logitsOf = (points: ArrayLike<number>): number[] =>
      twin(flat, points).map(({ hidden }) => {
        const mean = hidden.reduce((total, value) => total + value, 0) / 6;
        const variance = hidden.reduce((total, value) => total + (value - mean) ** 2, 0) / 6;
        const normal = hidden.map((value) => (value - mean) / Math.sqrt(variance + 1e-5));
        return normal.reduce(
          (total, _, o) => {
            const z = normal.reduce(
              (inner, value, i) => inner + value * head('fc1.weight', 6 * o + i),
              head('fc1.bias', o),
            );
            return total + (z / (1 + Math.exp(-z))) * head('fc2.weight', o);
          },
          head('fc2.bias', 0),
        );
      });
    expectClose('logits', values, logitsOf(x.data), { relative: 2e-5 });
    const byX = finiteDifferences(
      (points) => logitsOf(points).reduce((total, logit) => total + logit, 0),
      x.data,
    );
    expectClose('dx', slope, byX, { relative: 1e-4 });
  });

  test('starts the same from the same seed', () => {
    const big = { classes: 4, width: 64, depth: 3 };
    const start = (seed: number) => initialPointMlp(big, new PhiloxStream(seed, 0, 0));
    expect(start(1)).toEqual(start(1));
    expect(start(1)).not.toEqual(start(2));
  });

  test('refuses what is no point', () => {
    const images = feed([BATCH, 3], randomValues(15, 1)).tensor;
    const parameters = new ParameterSet('points', layout);
    expect(() => backbone.velocity(parameters)({ ...input, x: images })).toThrow(ShapeError);
  });
});

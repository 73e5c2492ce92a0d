import { describe } from 'vitest';
import { renoise } from '../../src/flow/renoise';
import { gradients } from '../../src/graph/differentiate';
import { adamStep, biasCorrection } from '../../src/graph/optimizers/adam';
import { square, subtract } from '../../src/graph/ops/pointwise';
import { mean } from '../../src/graph/ops/reduce';
import { constant, setting, variable } from '../../src/graph/tensor';
import { ditVelocity } from '../../src/models/dit/dit';
import { ParameterSet, unflattenParameters } from '../../src/models/parameters';
import { expectClose } from '../support/compare';
import { test } from '../support/gpu';
import { expectGoldenGradients } from './gradients';
import { compute, expectAllGolden, expectGolden, goldenParameters, goldenTensor } from './network';
import { one, openTiny, type Tiny } from './tiny';
import { ADAM, FORWARD, GRADIENT, SCALAR } from './tolerances';

/** Adam's learning rate in the file. */
const RATE = 1e-3;

let tiny: Tiny;

test.beforeAll(async ({ gpu }) => {
  tiny = await openTiny(gpu);
});

/**
 * Compares the key third of every qkv.bias after Adam and then takes it from the file. Its gradient
 * is zero in exact arithmetic (it shifts all scores of a query alike), and Adam turns the rounding
 * noise into steps of either sign, none longer than the rate: two runs part by 2 rate a step at most.
 */
const expectKeyBiases = (weights: Map<string, Float32Array>, steps: number): void => {
  for (const [name, data] of weights) {
    if (!name.endsWith('attn.qkv.bias')) continue;
    const expected = goldenTensor(tiny.golden.file, `adam.after.${name}`).data;
    const third = data.length / 3;
    const keys = expected.slice(third, 2 * third);
    expectClose(`adam.after.${name}, key third`, data.slice(third, 2 * third), keys, {
      relative: 0,
      absolute: 2 * RATE * steps,
    });
    data.set(keys, third);
  }
};

describe('forward', () => {
  const velocity = () =>
    ditVelocity(tiny.golden.config, tiny.student, {
      x: tiny.input('forward.x'),
      t: tiny.input('forward.t'),
      rows: tiny.rows,
    });

  test('velocity, loss and every gradient', async () => {
    const v = velocity();
    const loss = mean(square(subtract(v, tiny.input('forward.target'))));
    const [values, lossValue] = await compute(tiny.golden, [v, one(loss)]);
    expectGolden(tiny.golden, 'forward.velocity', values, FORWARD);
    expectGolden(tiny.golden, 'forward.loss', lossValue, SCALAR);
    await expectGoldenGradients(
      tiny.golden,
      'forward.grad.',
      [{ parameters: tiny.student, from: loss, seed: constant(1) }],
      GRADIENT,
    );
  });

  test('ten Adam steps', async () => {
    const student = goldenParameters(tiny.golden, 'student.');
    const { engine, layout } = tiny.golden;
    const gradient = new ParameterSet('gradient', layout);
    const lossValue = variable('loss', [1]);
    const v = ditVelocity(tiny.golden.config, student, {
      x: tiny.input('forward.x'),
      t: tiny.input('forward.t'),
      rows: tiny.rows,
    });
    const loss = mean(square(subtract(v, tiny.input('forward.target'))));
    const names = student.trainable();
    const values = gradients(
      [{ tensor: loss, gradient: constant(1) }],
      names.map((name) => student.tensor(name)),
    );
    const backward = await engine.prepare({
      name: 'gradient',
      assign: [
        { variable: lossValue, value: one(loss) },
        ...values.map((value, index) => ({ variable: gradient.window(names[index] ?? ''), value })),
      ],
    });
    const [beta1, beta2] = [0.9, 0.99];
    const optimizer = await engine.prepare({
      name: 'adam',
      assign: [],
      effects: [
        adamStep({
          parameters: student.flat,
          firstMoment: variable('first moment', student.flat.shape),
          secondMoment: variable('second moment', student.flat.shape),
          gradient: gradient.flat,
          learningRate: setting('golden.rate'),
          correction1: setting('golden.correction1'),
          correction2: setting('golden.correction2'),
          beta1,
          beta2,
          epsilon: 1e-8,
          weightDecay: 0,
        }),
      ],
    });
    const losses: number[] = [];
    for (let step = 1; step <= goldenTensor(tiny.golden.file, 'adam.losses').data.length; step++) {
      const [current] = await engine
        .record()
        .run(backward)
        .run(optimizer, {
          'golden.rate': RATE,
          'golden.correction1': biasCorrection(beta1, step),
          'golden.correction2': biasCorrection(beta2, step),
        })
        .read(lossValue)
        .submit();
      losses.push(current?.[0] ?? NaN);
    }
    expectGolden(tiny.golden, 'adam.losses', losses, SCALAR);
    const after = unflattenParameters(layout, await engine.memory.read(student.flat));
    const weights = new Map([...after].map(([name, { data }]) => [name, data]));
    expectKeyBiases(weights, losses.length);
    expectAllGolden(tiny.golden.file, 'adam.after.', weights, ADAM);
  });
});

describe('critic update', () => {
  test('loss and every gradient', async () => {
    const [gen, tau, noise] = [
      tiny.input('gen.x'),
      tiny.input('critic.tau'),
      tiny.input('critic.eps'),
    ];
    const velocity = ditVelocity(tiny.golden.config, tiny.critic, {
      x: renoise(gen, tau, noise),
      t: tau,
      rows: tiny.rows,
    });
    const loss = mean(square(subtract(velocity, subtract(gen, noise))));
    const [value] = await compute(tiny.golden, [one(loss)]);
    expectGolden(tiny.golden, 'critic.velocityLoss', value, SCALAR);
    await expectGoldenGradients(
      tiny.golden,
      'critic.grad.',
      [{ parameters: tiny.critic, from: loss, seed: constant(1) }],
      GRADIENT,
    );
  });
});

import { describe, expect } from 'vitest';
import {
  adamStep,
  biasCorrection,
  clipFactor,
  type AdamStep,
} from '../../../src/graph/optimizers/adam';
import { ShapeError } from '../../../src/graph/shape';
import { constant, read, setting, variable } from '../../../src/graph/tensor';
import * as reference from '../../reference/adam';
import { expectClose } from '../../support/compare';
import { evaluate, feed, KERNEL_CHOICES, sharedEngine } from '../../support/evaluate';
import { test } from '../../support/gpu';
import { randomValues } from '../../support/random';

const TOLERANCE = { relative: 1e-5 };
const [choice] = KERNEL_CHOICES;
if (!choice) throw new Error('no kernel choice');

const rates: reference.AdamRates = {
  learningRate: 0.05,
  beta1: 0.9,
  beta2: 0.99,
  epsilon: 1e-8,
  weightDecay: 0.1,
  emaDecay: 0.75,
  maxNorm: 5,
};

const flat = (count: number) => ({
  parameters: variable('parameters', [count]),
  firstMoment: variable('firstMoment', [count]),
  secondMoment: variable('secondMoment', [count]),
  average: variable('average', [count]),
  gradient: variable('gradient', [count]),
});

const scalars = {
  learningRate: setting('learningRate'),
  correction1: setting('correction1'),
  correction2: setting('correction2'),
  beta1: rates.beta1,
  beta2: rates.beta2,
  epsilon: rates.epsilon,
  weightDecay: rates.weightDecay,
};

describe('adamStep', () => {
  for (const count of [1, 17, 1030]) {
    test(`follows the textbook for four steps of ${count} parameters`, async ({ gpu }) => {
      const engine = sharedEngine(gpu, choice);
      const memory = flat(count);
      const { parameters, firstMoment, secondMoment, average, gradient } = memory;
      const step = adamStep({
        ...memory,
        ...scalars,
        emaDecay: setting('emaDecay'),
        clipFactor: clipFactor(read(gradient), setting('maxNorm')),
      });
      const program = await engine.prepare({ name: 'adam', assign: [], effects: [step] });
      const initial = randomValues(count, 1);
      engine.memory.write(parameters, initial);
      engine.memory.write(average, initial);

      const zeros = new Array<number>(count).fill(0);
      let expected: reference.AdamState = {
        parameters: Array.from(initial),
        firstMoment: zeros,
        secondMoment: zeros,
        average: Array.from(initial),
      };
      const recording = engine.record();
      for (const k of [1, 2, 3, 4]) {
        const values = randomValues(count, 1 + k);
        expected = reference.adam(expected, Array.from(values), k, rates);
        recording.run(
          program,
          {
            learningRate: rates.learningRate,
            correction1: biasCorrection(rates.beta1, k),
            correction2: biasCorrection(rates.beta2, k),
            emaDecay: rates.emaDecay,
            maxNorm: rates.maxNorm,
          },
          [[gradient, values]],
        );
      }
      const [p, m, v, a] = await recording
        .read(parameters)
        .read(firstMoment)
        .read(secondMoment)
        .read(average)
        .submit();
      program.destroy();
      engine.memory.free(Object.values(memory));
      expectClose('parameters', p ?? [], expected.parameters, TOLERANCE);
      expectClose('first moment', m ?? [], expected.firstMoment, TOLERANCE);
      expectClose('second moment', v ?? [], expected.secondMoment, TOLERANCE);
      expectClose('average', a ?? [], expected.average, TOLERANCE);
    });
  }

  test('needs neither average nor clipping', async ({ gpu }) => {
    const engine = sharedEngine(gpu, choice);
    const { parameters, firstMoment, secondMoment, gradient } = flat(3);
    const memory = { parameters, firstMoment, secondMoment, gradient };
    const step = adamStep({ ...memory, ...scalars });
    const program = await engine.prepare({ name: 'adam', assign: [], effects: [step] });
    const [initial, direction] = [randomValues(3, 6), randomValues(3, 7)];
    engine.memory.write(memory.parameters, initial);
    const settings = {
      learningRate: rates.learningRate,
      correction1: biasCorrection(rates.beta1, 1),
      correction2: biasCorrection(rates.beta2, 1),
    };
    const [result] = await engine
      .record()
      .run(program, settings, [[gradient, direction]])
      .read(memory.parameters)
      .submit();
    program.destroy();
    engine.memory.free(Object.values(memory));
    const state = { firstMoment: [0, 0, 0], secondMoment: [0, 0, 0], average: [0, 0, 0] };
    const expected = reference.adam(
      { ...state, parameters: Array.from(initial) },
      Array.from(direction),
      1,
      { ...rates, maxNorm: 0 },
    );
    expectClose('parameters', result ?? [], expected.parameters, TOLERANCE);
  });

  test('refuses arrays of different lengths, and an average without its decay', () => {
    const memory: AdamStep = { ...flat(3), ...scalars, emaDecay: constant(0.5) };
    expect(() => adamStep({ ...memory, gradient: variable('gradient', [5]) })).toThrow(ShapeError);
    expect(() => adamStep({ ...flat(3), ...scalars })).toThrow(TypeError);
  });
});

describe('clipFactor', () => {
  const gradient = [3, -4, 0];
  const cases = [
    { values: gradient, maxNorm: 1, expected: 0.2 },
    { values: gradient, maxNorm: 5.5, expected: 1 },
    { values: gradient, maxNorm: 0, expected: 1 },
    { values: [0, 0, 0], maxNorm: 1, expected: 1 },
  ];
  for (const { values, maxNorm, expected } of cases) {
    test(`of [${values.join(', ')}] at ${maxNorm} is ${expected}`, async ({ gpu }) => {
      const x = feed([3], values);
      const factor = clipFactor(x.tensor, setting('maxNorm'));
      const [result] = await evaluate(gpu, [factor], [x], { settings: { maxNorm } });
      expectClose('factor', result ?? [], [expected], { relative: 1e-6 });
    });
  }
});

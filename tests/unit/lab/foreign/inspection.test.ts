import { describe, expect, test } from 'vitest';
import type { OnnxPort } from '../../../../src/interchange/onnx/session';
import { conditionEncoder, conditionWidth } from '../../../../src/lab/foreign/condition';
import { holdsTimes, inputWidth } from '../../../../src/lab/foreign/declared';
import { inspectForeign } from '../../../../src/lab/foreign/inspection';
import {
  parseForeignSpec,
  type ForeignCondition,
  type ForeignTeacherSpecInput,
} from '../../../../src/lab/foreign/spec';
import { TINY_TASK } from '../../../support/tinyTeaching';

const port = (name: string, type: string, ...shape: (number | string)[]): OnnxPort => ({
  name,
  type,
  shape,
});

const images = (name: string, channels = 3): OnnxPort =>
  port(name, 'float32', 'batch', channels, 8, 8);

const inspect = (inputs: readonly OnnxPort[], outputs = [images('v')]) =>
  inspectForeign({ inputs, outputs }, TINY_TASK);

describe('what a file declares', () => {
  test('says how many numbers an input takes for an image', () => {
    const width = (...shape: (number | string)[]) => inputWidth(port('c', 'int64', ...shape));
    expect([width(), width('batch'), width(4, 8), width('batch', 'n')]).toEqual([1, 1, 8, null]);
  });

  test('tells what may be a time', () => {
    const isTime = (...shape: (number | string)[]) => holdsTimes(port('t', 'float32', ...shape));
    expect([isTime(), isTime('batch'), isTime('batch', 1)]).toEqual([true, true, true]);
    expect([isTime('batch', 2), isTime('batch', 'n'), isTime(1, 1, 1)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('tells a flow network with ids apart', () => {
    const draft = inspect([
      port('prompt', 'int64', 'batch', 2),
      port('t', 'float32', 'batch'),
      images('x_t'),
    ]);
    expect(draft.spec).toEqual({
      version: 1,
      inputs: { x: 'x_t', t: 't', condition: 'prompt' },
      output: 'v',
      prediction: 'velocity',
      time: { kind: 'linear', noise: 0, clean: 1 },
      condition: { kind: 'ids', attributes: ['red', 'blue'], open: [3, 2] },
    });
    // A float time says nothing of its direction, whole numbers nothing of what leaves them open.
    expect(draft.asked).toEqual(['time', 'condition']);
    expect(() => parseForeignSpec(draft.spec)).not.toThrow();
  });

  test('tells a diffusion network of whole timesteps without prompts apart', () => {
    const draft = inspect([images('sample'), port('timestep', 'int64')], [images('out_sample', 6)]);
    expect(draft.spec).toMatchObject({
      inputs: { x: 'sample', t: 'timestep', condition: null },
      prediction: 'noise',
      time: { kind: 'variancePreserving' },
      condition: null,
    });
    expect(draft.asked).toEqual(['prediction', 'time']);
  });

  test('tells sigmas and one-hot conditions apart', () => {
    const draft = inspect(
      [images('x'), port('sigma', 'float32', 'batch'), port('labels', 'float32', 'batch', 7)],
      [images('denoised')],
    );
    expect(draft.spec).toMatchObject({
      prediction: 'clean',
      time: { kind: 'sigma' },
      condition: { kind: 'oneHot', attributes: ['red', 'blue'], open: 'place' },
    });
    expect(draft.asked).toEqual([]);
  });

  const t = port('t', 'float32', 'batch');
  const refused: [string, OnnxPort[], OnnxPort[], string][] = [
    ['half precision', [port('x', 'float16', 1, 3, 8, 8), t], [images('v')], 'half precision'],
    ['other sizes', [port('x', 'float32', 1, 3, 32, 32), t], [images('v')], '[batch, 3, 8, 8]'],
    ['no time', [images('x'), images('y')], [images('v')], 'takes a time'],
    ['one input', [images('x')], [images('v')], 'this network takes 1'],
    ['four inputs', [images('x'), t, t, t], [images('v')], 'this network takes 4'],
    ['no images', [images('x'), t], [port('v', 'float32', 'batch', 10)], 'No output gives images'],
  ];
  for (const [what, inputs, outputs, words] of refused) {
    test(`is refused in words: ${what}`, () => {
      expect(() => inspect(inputs, outputs)).toThrow(words);
    });
  }
});

describe('a prompt', () => {
  const { prompts } = TINY_TASK;
  // Red 2 of 3 with blue open, and the other way round.
  const [first, second] = [prompts.rowsOf([[2, 2]]), prompts.rowsOf([[3, 0]])];

  test('is put as ids with numbers of the network’s own for any', () => {
    const encode = conditionEncoder(
      { kind: 'ids', attributes: ['blue', 'red'], open: [-1, 1000] },
      prompts,
    );
    expect([encode(first), encode(second)]).toEqual([
      [-1, 2],
      [0, 1000],
    ]);
  });

  test('is put as ones and zeros, with a place for any or without', () => {
    const attributes = ['red', 'blue'];
    const place: ForeignCondition = { kind: 'oneHot', attributes, open: 'place' };
    const zeros: ForeignCondition = { kind: 'oneHot', attributes, open: 'zeros' };
    expect([...conditionEncoder(place, prompts)(first)]).toEqual([0, 0, 1, 0, 0, 0, 1]);
    expect([...conditionEncoder(zeros, prompts)(second)]).toEqual([0, 0, 0, 1, 0]);
    expect([conditionWidth(place, prompts), conditionWidth(zeros, prompts)]).toEqual([7, 5]);
  });

  test('is put as a vector of its value', () => {
    const vectors = [
      [1, 2],
      [3, 4],
      [0, 0],
    ];
    const encode = conditionEncoder({ kind: 'vectors', attribute: 'blue', vectors }, prompts);
    expect([encode(first), encode(second)]).toEqual([
      [0, 0],
      [1, 2],
    ]);
  });

  test('is refused where attribute or vectors do not go with the task', () => {
    const green: ForeignCondition = { kind: 'ids', attributes: ['green'], open: [0] };
    expect(() => conditionEncoder(green, prompts)).toThrow(
      'no attribute “green”; it has red, blue',
    );
    const short: ForeignCondition = { kind: 'vectors', attribute: 'blue', vectors: [[1], [2]] };
    expect(() => conditionEncoder(short, prompts)).toThrow('there must be 3 vectors');
  });
});

describe('a description', () => {
  const good: ForeignTeacherSpecInput = {
    inputs: { x: 'x', t: 't', condition: null },
    output: 'v',
    prediction: 'velocity',
    time: { kind: 'linear', noise: 0, clean: 1 },
    condition: null,
  };
  const cases: [ForeignTeacherSpecInput, string][] = [
    [{ ...good, time: { kind: 'linear', noise: 1, clean: 1 } }, 'time.clean must differ'],
    [{ ...good, time: { kind: 'sigma' } }, 'prediction must be noise or clean'],
    [{ ...good, inputs: { ...good.inputs, condition: 'y' } }, 'condition must say'],
  ];
  for (const [input, words] of cases) {
    test(`that contradicts itself is refused: ${words}`, () => {
      expect(() => parseForeignSpec(input)).toThrow(words);
    });
  }
});

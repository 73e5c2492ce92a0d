import { describe, expect, test } from 'vitest';
import { MetricError } from '../../../src/metrics/metricError';
import { promptAccuracy, type Judging } from '../../../src/metrics/promptAccuracy';
import { type AttributeName, avatarPrompts } from '../../../src/tasks/avatars/attributes';
import { type Prompt } from '../../../src/tasks/promptSpace';

/** A prompt that gives only what is named. */
const asking = (given: Partial<Record<AttributeName, number>>): Prompt =>
  avatarPrompts.nullPrompt.map((any, index) => {
    const entry = Object.entries(given).find(
      ([name]) => avatarPrompts.indexOf(name as AttributeName) === index,
    );
    return entry?.[1] ?? any;
  });

// Hair colours merged to two classes, out of sight under a hat (id 1).
const JUDGING: Judging = {
  prompts: avatarPrompts,
  judged: [
    { attribute: 'hat', classes: 2, classOf: (id) => id, visible: () => true },
    {
      attribute: 'hairColor',
      classes: 2,
      classOf: (id) => (id < 8 ? 0 : 1),
      visible: (prompt) => prompt[avatarPrompts.indexOf('hat')] !== 1,
    },
    { attribute: 'mouth', classes: 2, classOf: (id) => id, visible: () => true },
  ],
};

/** Logits that say these classes. */
const saying = (...answers: readonly number[][]): Float32Array =>
  Float32Array.from(answers.flat().flatMap((answer) => (answer === 0 ? [1, -2] : [-1, 3])));

describe('promptAccuracy', () => {
  test('three images, by hand', () => {
    const prompts = [
      asking({ hat: 0, hairColor: 9, mouth: 1 }),
      asking({ hat: 0, hairColor: 2 }),
      asking({ hat: 1, hairColor: 2, mouth: 0 }),
    ];
    // Hat: right, right, wrong. Hair: wrong, right, unseen. Mouth: right, not asked, right.
    const logits = saying([0, 0, 1], [0, 0, 1], [0, 1, 0]);
    expect(promptAccuracy(logits, prompts, JUDGING)).toEqual({
      accuracy: { hat: 2 / 3, hairColor: 1 / 2, mouth: 1 },
      meanAccuracy: (2 / 3 + 1 / 2 + 1) / 3,
      allRight: 1 / 3,
    });
  });

  test('the logits of one attribute compete among themselves only', () => {
    const logits = new Float32Array([5, 4, 9, 8, -1, -2]);
    const prompts = [asking({ hat: 0, hairColor: 0, mouth: 0 })];
    expect(promptAccuracy(logits, prompts, JUDGING).allRight).toBe(1);
  });

  test('what no prompt asks for is absent, and its images do not count', () => {
    const prompts = [asking({ mouth: 0 }), avatarPrompts.nullPrompt];
    expect(promptAccuracy(saying([1, 1, 0], [1, 1, 1]), prompts, JUDGING)).toEqual({
      accuracy: { mouth: 1 },
      meanAccuracy: 1,
      allRight: 1,
    });
  });

  test('refuses what it cannot measure', () => {
    const prompt = asking({ mouth: 0 });
    expect(() => promptAccuracy(saying([0, 0, 0]), [prompt, prompt], JUDGING)).toThrow(MetricError);
    expect(() => promptAccuracy(new Float32Array(5), [prompt], JUDGING)).toThrow(MetricError);
    expect(() => promptAccuracy(saying([0, 0, 0]), [avatarPrompts.nullPrompt], JUDGING)).toThrow(
      /No prompt/,
    );
  });
});

import { describe, expect, test } from 'vitest';
import type { Arm } from '../../../src/lab/arm';
import type { Evaluator } from '../../../src/lab/evaluation';
import { parseEvaluationOptions } from '../../../src/lab/evaluationOptions';
import { Rounds } from '../../../src/lab/rounds';

/** An arm at iteration 3 whose weights give no finite images, and what is done to it meanwhile. */
const evaluateBroken = async (meanwhile: (arm: { era: number }) => void): Promise<number[]> => {
  const halts: number[] = [];
  const arm = {
    era: 0,
    trainer: { iteration: 3, config: { student: { steps: 1 } }, student: { parameters: {} } },
    follow: () => undefined,
    halt: (_reason: unknown, iteration: number) => Promise.resolve(halts.push(iteration)),
  };
  const evaluator = { evaluate: () => Promise.resolve(null) } as unknown as Evaluator;
  const rounds = new Rounds(evaluator, parseEvaluationOptions({}), {});
  const row = rounds.evaluate(arm as unknown as Arm);
  meanwhile(arm);
  expect(await row).toBeNull();
  return halts;
};

describe('images that are not finite', () => {
  test('halt the arm that drew them', async () => {
    expect(await evaluateBroken(() => undefined)).toEqual([3]);
  });

  test('do not halt an arm that has gone back to a good state since', async () => {
    expect(await evaluateBroken((arm) => arm.era++)).toEqual([]);
  });
});

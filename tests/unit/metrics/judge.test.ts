import { describe, expect } from 'vitest';
import { Judge } from '../../../src/metrics/judge';
import { MetricError } from '../../../src/metrics/metricError';
import type { Gpu } from '../../../src/gpu/gpu';
import { classifierLayout, classifierOutputs } from '../../../src/models/classifier';
import { ParameterSet } from '../../../src/models/parameters';
import type { ClassifierFile } from '../../../src/tasks/classifierFile';
import { expectClose } from '../../support/compare';
import { evaluate, feed, KERNEL_CHOICES, sharedEngine } from '../../support/evaluate';
import { test } from '../../support/gpu';
import { randomValues } from '../../support/random';

const [choice] = KERNEL_CHOICES;
if (!choice) throw new Error('no kernel choice');

const config = { values: 12, hidden: 8, features: 5, classes: { hat: 2, mouth: 3 } };
const file: ClassifierFile = {
  config,
  flat: Float32Array.from(randomValues(classifierLayout(config).size, 1)),
  accuracy: {},
};

const withJudge = async (gpu: Gpu, work: (judge: Judge) => Promise<void>): Promise<void> => {
  const engine = sharedEngine(gpu, choice);
  const before = engine.memory.bytes;
  const judge = await Judge.create(engine, file);
  try {
    await work(judge);
  } finally {
    judge.destroy();
    expect(engine.memory.bytes).toBe(before);
  }
};

describe('a judge', () => {
  // Less than a chunk, exactly one, and two with a rest.
  for (const count of [3, 128, 259]) {
    test(`says of ${count} images what the network says of them at once`, async ({ gpu }) => {
      const images = randomValues(count * 12, 2);
      const parameters = new ParameterSet('classifier', classifierLayout(config));
      const fed = feed([count, 12], images);
      const weights = { tensor: fed.tensor, variable: parameters.flat, data: file.flat };
      const outputs = classifierOutputs(config, parameters, fed.tensor);
      const [features, logits] = await evaluate(
        gpu,
        [outputs.features, outputs.logits],
        [fed, weights],
        { choice },
      );
      await withJudge(gpu, async (judge) => {
        const verdicts = await judge.judge(images);
        expect(verdicts.featureSize).toBe(5);
        expectClose('features', verdicts.features, features ?? [], { relative: 1e-6 });
        expectClose('logits', verdicts.logits, logits ?? [], { relative: 1e-6 });
      });
    });
  }

  test('keeps two sets apart that are judged at once', async ({ gpu }) => {
    await withJudge(gpu, async (judge) => {
      const [a, b] = [randomValues(150 * 12, 3), randomValues(20 * 12, 4)];
      const alone = [await judge.judge(a), await judge.judge(b)];
      expect(await Promise.all([judge.judge(a), judge.judge(b)])).toEqual(alone);
    });
  });

  test('refuses what are no images', async ({ gpu }) => {
    await withJudge(gpu, async (judge) => {
      await expect(judge.judge(new Float32Array(13))).rejects.toThrow(MetricError);
      await expect(judge.judge(new Float32Array())).rejects.toThrow(/at least 1/);
      await expect(judge.judge(new Float32Array(12).fill(NaN))).rejects.toThrow(/not finite/);
    });
  });
});

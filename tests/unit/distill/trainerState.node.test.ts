import { describe, expect } from 'vitest';
import { parseConfig, type DistillConfigInput } from '../../../src/distill/config';
import type { IterationFigures, Trainer, TrainerState } from '../../../src/distill/trainer';
import { test } from '../../support/gpu';
import { withTrainer } from '../../support/tinyTrainer';

const CASES: Record<string, DistillConfigInput> = {
  'CA and DM, two steps': { student: { steps: 2 } },
  'CA, GAN with R1 and mean-variance, the critic an observer': {
    critic: { observer: true, updates: 1 },
    discriminator: { updates: 2, r1: 10 },
    terms: { dm: { enabled: false }, gan: { enabled: true }, meanVariance: { enabled: true } },
  },
};

const iterate = async (trainer: Trainer, count: number): Promise<IterationFigures[]> => {
  const figures = [];
  for (let i = 0; i < count; i++) figures.push(await trainer.iterate());
  return figures;
};

describe('a saved run goes on bit for bit', () => {
  for (const [name, input] of Object.entries(CASES)) {
    test(name, async ({ gpu }) => {
      const config = { batch: 2, ...input };
      const unbroken = await withTrainer(gpu, config, async (trainer) => ({
        figures: await iterate(trainer, 8),
        state: await trainer.save(),
      }));
      const saved = await withTrainer(gpu, config, async (trainer) => {
        await iterate(trainer, 4);
        return trainer.save();
      });
      const resumed = await withTrainer(gpu, config, async (trainer) => {
        // What happened before a state is restored leaves no trace.
        await trainer.iterate();
        await trainer.restore(saved);
        return { figures: await iterate(trainer, 4), state: await trainer.save() };
      });
      expect(resumed.figures).toEqual(unbroken.figures.slice(4));
      expect(resumed.state).toEqual(unbroken.state);
      expect(resumed.state.counters.iteration).toBe(8);
      for (const figures of unbroken.figures) {
        for (const value of Object.values(figures)) {
          if (typeof value === 'number') expect(value).toSatisfy(Number.isFinite);
        }
      }
    });
  }
});

test('networks that were never trained are absent, and made anew on restoring', async ({ gpu }) => {
  const caOnly = { batch: 2, terms: { dm: { enabled: false } } };
  const saved = await withTrainer(gpu, caOnly, async (trainer) => {
    await iterate(trainer, 2);
    return trainer.save();
  });
  expect([...saved.tensors.keys()]).toEqual([
    'student.parameters',
    'student.average',
    'student.firstMoment',
    'student.secondMoment',
  ]);
  const goOn = async (trainer: Trainer): Promise<TrainerState> => {
    await trainer.configure(parseConfig({ batch: 2 }));
    await trainer.iterate();
    return trainer.save();
  };
  const unbroken = await withTrainer(gpu, caOnly, async (trainer) => {
    await iterate(trainer, 2);
    return goOn(trainer);
  });
  const resumed = await withTrainer(gpu, { batch: 2 }, async (trainer) => {
    await iterate(trainer, 3);
    await trainer.restore(saved);
    return goOn(trainer);
  });
  expect(unbroken.tensors.has('critic.parameters')).toBe(true);
  expect(resumed).toEqual(unbroken);
});

test('a state that does not fit is refused by name and changes nothing', async ({ gpu }) => {
  await withTrainer(gpu, { batch: 2 }, async (trainer) => {
    await trainer.iterate();
    const good = await trainer.save();
    const without = new Map(good.tensors);
    without.delete('critic.secondMoment');
    const short = new Map(good.tensors).set('student.average', new Float32Array(3));
    const strange = new Map(good.tensors).set('nobody.parameters', new Float32Array(3));
    const counters = { ...good.counters, iteration: -1 };
    for (const [state, message] of [
      [{ ...good, tensors: without }, 'lacks critic.secondMoment'],
      [{ ...good, tensors: short }, 'student.average has 3 values'],
      [{ ...good, tensors: strange }, 'nobody.parameters'],
      [{ ...good, counters }, 'iteration must be a whole number, got -1'],
    ] as const) {
      await expect(trainer.restore(state)).rejects.toThrow(RangeError);
      await expect(trainer.restore(state)).rejects.toThrow(message);
    }
    expect(await trainer.save()).toEqual(good);
  });
});

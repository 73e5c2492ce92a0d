import { expect } from 'vitest';
import type { Solo } from '../../../src/distill/solo';
import type { IterationFigures, Trainer, TrainerState } from '../../../src/distill/trainer';
import { test } from '../../support/gpu';
import { withTrainer } from '../../support/tinyTrainer';

const BOTH = { batch: 2, critic: { updates: 2 } };

const alone = (trainer: Trainer, solo: Solo | null): Promise<IterationFigures> =>
  trainer.iterate(undefined, undefined, solo);

/** The tensors of one network. */
const of = ({ tensors }: TrainerState, network: string) =>
  Object.fromEntries([...tensors].filter(([name]) => name.startsWith(network)));

test('the student alone moves as in a whole iteration, and nobody else does', async ({ gpu }) => {
  const whole = await withTrainer(gpu, BOTH, async (trainer) => ({
    figures: await alone(trainer, null),
    state: await trainer.save(),
  }));
  await withTrainer(gpu, BOTH, async (trainer) => {
    const figures = await alone(trainer, 'student');
    const state = await trainer.save();
    expect(state.counters).toEqual({
      ...{ iteration: 1, studentUpdates: 1 },
      ...{ criticUpdates: 0, discriminatorUpdates: 0 },
    });
    expect(of(state, 'student')).toEqual(of(whole.state, 'student'));
    expect(of(state, 'critic')).toEqual({});
    expect(figures).toEqual({ ...whole.figures, criticLoss: null });
  });
});

test('the critic alone is updated once, on pictures of a student that stands still', async ({
  gpu,
}) => {
  const whole = await withTrainer(gpu, BOTH, (trainer) => alone(trainer, null));
  await withTrainer(gpu, BOTH, async (trainer) => {
    const figures = await alone(trainer, 'critic');
    const state = await trainer.save();
    expect(state.counters).toEqual({
      ...{ iteration: 1, studentUpdates: 0 },
      ...{ criticUpdates: 1, discriminatorUpdates: 0 },
    });
    expect(of(state, 'student')).toEqual({});
    expect(figures.criticLoss).toBeGreaterThan(0);
    expect(figures.criticLoss).toSatisfy(Number.isFinite);
    expect([figures.caNorm, figures.dmNorm, figures.updateCosine]).toEqual([null, null, null]);
    // What it draws is looked at all the same.
    expect(figures.imageMean).toBe(whole.imageMean);
    expect(figures.imageVariance).toBe(whole.imageVariance);
  });
});

test('an arm that trains no critic stands still in the critic’s turn, and keeps step', async ({
  gpu,
}) => {
  const caOnly = { batch: 2, terms: { dm: { enabled: false } } };
  await withTrainer(gpu, caOnly, async (trainer) => {
    const figures = await alone(trainer, 'critic');
    expect(figures).toMatchObject({ iteration: 1, criticLoss: null, caNorm: null });
    expect((await trainer.save()).tensors.size).toBe(0);
  });
});

test('a run with solos goes on from its checkpoint bit for bit', async ({ gpu }) => {
  const plan: readonly (Solo | null)[] = ['critic', null, 'student', 'critic', 'student', null];
  const follow = async (trainer: Trainer, from: number): Promise<IterationFigures[]> => {
    const figures = [];
    for (const solo of plan.slice(from)) figures.push(await alone(trainer, solo));
    return figures;
  };
  const unbroken = await withTrainer(gpu, BOTH, async (trainer) => ({
    figures: await follow(trainer, 0),
    state: await trainer.save(),
  }));
  const saved = await withTrainer(gpu, BOTH, async (trainer) => {
    for (const solo of plan.slice(0, 3)) await alone(trainer, solo);
    return trainer.save();
  });
  const resumed = await withTrainer(gpu, BOTH, async (trainer) => {
    await trainer.restore(saved);
    return { figures: await follow(trainer, 3), state: await trainer.save() };
  });
  expect(resumed.figures).toEqual(unbroken.figures.slice(3));
  expect(resumed.state).toEqual(unbroken.state);
  expect(resumed.state.counters).toMatchObject({ iteration: 6, studentUpdates: 4 });
  // Two whole iterations of two, and two alone.
  expect(resumed.state.counters.criticUpdates).toBe(6);
});

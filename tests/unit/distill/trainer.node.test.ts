import { describe, expect, vi } from 'vitest';
import { parseConfig, type DistillConfigInput } from '../../../src/distill/config';
import { generatorStep, simulate } from '../../../src/distill/generate';
import type { IterationFigures, Trainer } from '../../../src/distill/trainer';
import type { Gpu } from '../../../src/gpu/gpu';
import { gradients } from '../../../src/graph/differentiate';
import type { Engine } from '../../../src/graph/engine';
import { constant, read } from '../../../src/graph/tensor';
import { renoise } from '../../../src/flow/renoise';
import { broadcastTo, detach } from '../../../src/graph/ops/views';
import { expectClose } from '../../support/compare';
import { evaluate, feed, KERNEL_CHOICES, sharedEngine } from '../../support/evaluate';
import { test } from '../../support/gpu';
import { randomValues } from '../../support/random';
import { tinyTeacher } from '../../support/tinyTeacher';
import { withTrainer } from '../../support/tinyTrainer';

const [choice] = KERNEL_CHOICES;
if (!choice) throw new Error('no kernel choice');

const BASE: DistillConfigInput = { batch: 2, critic: { updates: 1 } };

/** What a run left behind. */
interface Outcome {
  readonly figures: IterationFigures[];
  readonly student: Float32Array;
  readonly average: Float32Array;
  readonly critic: Float32Array;
}

const outcomeOf = async (
  trainer: Trainer,
  engine: Engine,
  figures: IterationFigures[],
): Promise<Outcome> => ({
  figures,
  student: await engine.memory.read(trainer.student.parameters.flat),
  average: await engine.memory.read(trainer.student.average?.flat ?? trainer.student.firstMoment),
  critic: await engine.memory.read(trainer.critic.parameters.flat),
});

const train = (gpu: Gpu, iterations: number, config: DistillConfigInput): Promise<Outcome> =>
  withTrainer(gpu, config, async (trainer, engine) => {
    const figures = [];
    for (let i = 0; i < iterations; i++) figures.push(await trainer.iterate());
    return outcomeOf(trainer, engine, figures);
  });

const teacherWeights = async (gpu: Gpu): Promise<Float32Array> => {
  const engine = sharedEngine(gpu, choice);
  const teacher = tinyTeacher(engine);
  const weights = await engine.memory.read(teacher.parameters.flat);
  engine.memory.free([teacher.parameters.flat, teacher.nullRows]);
  return weights;
};

const largestChange = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? NaN))), 0);

describe('an iteration', () => {
  test('is one submission, and what it holds is freed', async ({ gpu }) => {
    const engine = sharedEngine(gpu, choice);
    const before = engine.memory.bytes;
    await withTrainer(gpu, BASE, async (trainer) => {
      expect(engine.memory.bytes).toBeGreaterThan(before);
      const submit = vi.spyOn(gpu.device.queue, 'submit');
      await trainer.iterate();
      await trainer.iterate();
      expect(submit).toHaveBeenCalledTimes(2);
      submit.mockRestore();
      expect(trainer.iteration).toBe(2);
    });
    expect(engine.memory.bytes).toBe(before);
  });

  test('depends on the seed and on nothing else', async ({ gpu }) => {
    const one = await train(gpu, 3, BASE);
    const two = await train(gpu, 3, BASE);
    expect(two).toEqual(one);
    expect(one.figures.map(({ iteration }) => iteration)).toEqual([1, 2, 3]);
    const other = await train(gpu, 3, { ...BASE, seed: 2 });
    expect(other.figures[0]?.imageMean).not.toBe(one.figures[0]?.imageMean);
    expect(largestChange(other.student, one.student)).toBeGreaterThan(0);
  });

  test('draws the same images whichever terms are on', async ({ gpu }) => {
    const [both] = (await train(gpu, 1, BASE)).figures;
    const [caOnly] = (await train(gpu, 1, { ...BASE, terms: { dm: { enabled: false } } })).figures;
    expect(caOnly?.imageMean).toBe(both?.imageMean);
    expect(caOnly?.imageVariance).toBe(both?.imageVariance);
    expect(caOnly?.caNorm).toBe(both?.caNorm);
    expect(caOnly?.dmNorm).toBeNull();
    expect(caOnly?.criticLoss).toBeNull();
  });
});

describe('settings', () => {
  test('change without planning or compiling, and take effect', async ({ gpu }) => {
    await withTrainer(gpu, BASE, async (trainer, engine) => {
      const first = await trainer.iterate();
      const { pipelineCount } = engine;
      const prepare = vi.spyOn(engine, 'prepare');
      await trainer.configure(
        parseConfig({
          ...BASE,
          guidanceScale: 1,
          normalise: false,
          student: { learningRate: 0, emaDecay: 0.5, gradientClip: 1 },
          terms: { ca: { weight: 2, tau: { lo: 0.3, hi: 0.4, aboveT: true } }, dm: { weight: 0 } },
        }),
      );
      const before = await engine.memory.read(trainer.student.parameters.flat);
      const second = await trainer.iterate();
      expect(prepare).not.toHaveBeenCalled();
      prepare.mockRestore();
      expect(engine.pipelineCount).toBe(pipelineCount);
      expect(first.caNorm).toBeGreaterThan(0);
      expect(first.dmNorm).toBeGreaterThanOrEqual(0);
      // Without guidance CA is nil; a weight of 0 makes DM nil; a rate of 0 keeps the student.
      expect(second.caNorm).toBe(0);
      expect(second.dmNorm).toBe(0);
      expect(await engine.memory.read(trainer.student.parameters.flat)).toEqual(before);
    });
  });

  test('with weights of 0 the student stays the teacher, and the critic learns', async ({
    gpu,
  }) => {
    const weights = await teacherWeights(gpu);
    const none = { ca: { weight: 0 }, dm: { weight: 0 } };
    const { student, average, critic } = await train(gpu, 2, { ...BASE, terms: none });
    expect(student).toEqual(weights);
    expectClose('average', average, weights, { relative: 1e-6 });
    expect(largestChange(critic, weights)).toBeGreaterThan(1e-5);
  });

  test('a critic of a student that stands still gets better', async ({ gpu }) => {
    const losses = async (learningRate: number) => {
      const config = {
        ...BASE,
        student: { learningRate: 0 },
        critic: { updates: 1, learningRate },
      };
      const { figures } = await train(gpu, 10, config);
      return figures.map(({ criticLoss }) => criticLoss ?? NaN);
    };
    // The same images, noise and levels: what differs is what the critic has learnt.
    const [learning, still] = [await losses(3e-3), await losses(0)];
    expect(learning[0]).toBe(still[0]);
    const gains = learning.map((loss, i) => 1 - loss / (still[i] ?? NaN)).slice(-4);
    expect(Math.min(...gains)).toBeGreaterThan(0.02);
  });

  test('the average follows its formula', async ({ gpu }) => {
    const weights = await teacherWeights(gpu);
    await withTrainer(
      gpu,
      { ...BASE, student: { learningRate: 1e-2, emaDecay: 0.75 } },
      async (trainer, engine) => {
        let expected = [...weights];
        for (let i = 0; i < 3; i++) {
          await trainer.iterate();
          const now = await engine.memory.read(trainer.student.parameters.flat);
          expected = expected.map((value, j) => 0.75 * value + 0.25 * (now[j] ?? NaN));
        }
        const { average } = await outcomeOf(trainer, engine, []);
        expectClose('average', average, expected, { relative: 1e-6 });
      },
    );
  });

  test('Adam moves each weight by at most its rate, and a clipped one by next to nothing', async ({
    gpu,
  }) => {
    const weights = await teacherWeights(gpu);
    const student = { learningRate: 1e-2 };
    const free = await train(gpu, 1, { ...BASE, student });
    // The first step of Adam without momentum is rate * g / (|g| + 1e-8).
    expect(largestChange(free.student, weights)).toBeLessThanOrEqual(1e-2 * (1 + 1e-4));
    expect(largestChange(free.student, weights)).toBeGreaterThan(0.9e-2);
    // A global norm of 1e-10 leaves |g| / (|g| + 1e-8) < 0.01.
    const clipped = await train(gpu, 1, { ...BASE, student: { ...student, gradientClip: 1e-10 } });
    expect(largestChange(clipped.student, weights)).toBeLessThan(1e-4);
  });

  test('a term that is switched on late begins like one that was on from the start', async ({
    gpu,
  }) => {
    const off = { ca: { enabled: false }, dm: { enabled: false } };
    const rate = 1e-3;
    const student = { learningRate: rate };
    await withTrainer(gpu, { ...BASE, student, terms: off }, async (trainer, engine) => {
      for (let i = 0; i < 20; i++) await trainer.iterate();
      const before = await engine.memory.read(trainer.student.parameters.flat);
      await trainer.configure(parseConfig({ ...BASE, student }));
      await trainer.iterate();
      const after = await engine.memory.read(trainer.student.parameters.flat);
      expect(largestChange(after, before)).toBeLessThanOrEqual(rate * (1 + 1e-3));
      expect(largestChange(after, before)).toBeGreaterThan(0.9 * rate);
    });
  });
});

describe('switches', () => {
  test('DM off and on again stays repeatable', async ({ gpu }) => {
    const run = () =>
      withTrainer(gpu, BASE, async (trainer, engine) => {
        const figures = [await trainer.iterate()];
        await trainer.configure(parseConfig({ ...BASE, terms: { dm: { enabled: false } } }));
        figures.push(await trainer.iterate());
        await trainer.configure(parseConfig(BASE));
        figures.push(await trainer.iterate());
        return outcomeOf(trainer, engine, figures);
      });
    const one = await run();
    expect(one.figures.map(({ dmNorm }) => dmNorm === null)).toEqual([false, true, false]);
    expect(await run()).toEqual(one);
  });

  test('a shared tau saves the second look of the teacher', async ({ gpu }) => {
    const cost = (sharedTau: boolean) =>
      withTrainer(gpu, { ...BASE, terms: { dm: { sharedTau } } }, (trainer) =>
        Promise.resolve(trainer.cost()),
      );
    const [apart, shared] = [await cost(false), await cost(true)];
    // Apart: teacher at 3 points (CA cond, CA uncond, DM cond). Shared: at 2.
    expect(shared.flops).toBeLessThan(apart.flops);
    expect(shared.dispatches).toBeLessThan(apart.dispatches);
    expect(shared.temporaryBytes).toBeLessThan(shared.temporaryBytesWithoutReuse);
  });

  for (const [name, change] of [
    ['batch', { batch: 3 }],
    ['seed', { seed: 8 }],
  ] as const) {
    test(`${name} cannot change while it trains`, async ({ gpu }) => {
      await withTrainer(gpu, BASE, async (trainer) => {
        const { config } = trainer;
        await expect(trainer.configure(parseConfig({ ...BASE, ...change }))).rejects.toThrow(
          `${name} can only change when the run starts anew.`,
        );
        expect(trainer.config).toBe(config);
      });
    });
  }
});

describe('a student of several steps', () => {
  for (const steps of [2, 4]) {
    test(`${steps} steps train`, async ({ gpu }) => {
      const weights = await teacherWeights(gpu);
      const { figures, student } = await train(gpu, 3, { ...BASE, student: { steps } });
      for (const { imageVariance, criticLoss } of figures) {
        expect(imageVariance).toBeGreaterThan(0);
        expect(criticLoss).toBeGreaterThan(0);
      }
      expect(largestChange(student, weights)).toBeGreaterThan(1e-6);
    });
  }

  test('simulates its own steps, and is trained through the last one only', async ({ gpu }) => {
    const engine = sharedEngine(gpu, choice);
    const teacher = tinyTeacher(engine);
    const shape = [2, 3, 16, 16];
    const [start, fresh] = [1, 2].map((seed) => feed(shape, randomValues(1536, seed)));
    if (!start || !fresh) throw new Error('two noises');
    const rows = feed(
      [2, 8],
      new Int32Array(16).map((_, i) => i),
    );
    const generator = { velocity: teacher.velocity, rows: rows.tensor };
    const [t1, t2] = [constant(0), constant(0.5)];
    const z = simulate(generator, { times: [t1, t2], noises: [start.tensor, fresh.tensor] });
    const first = generatorStep(generator, start.tensor, t1);
    const byHand = renoise(first, broadcastTo(t2, [2]), fresh.tensor);

    const name = 'patchEmbed.weight';
    const gradientFrom = (from: typeof z) => {
      const gen = generatorStep(generator, from, t2);
      return gradients([{ tensor: gen, gradient: gen }], [teacher.parameters.tensor(name)]);
    };
    const [simulated, composed] = [gradientFrom(z), gradientFrom(detach(byHand))];
    const through = gradientFrom(byHand);
    const outputs = [z, byHand, ...simulated, ...composed, ...through];
    const results = await evaluate(gpu, outputs, [start, fresh, rows]);
    const [zs, hand, dSimulated, dComposed, dThrough] = results;
    expectClose('z', zs ?? [], hand ?? [], { relative: 1e-6 });
    expectClose('gradient', dSimulated ?? [], dComposed ?? [], { relative: 1e-5 });
    // Were the earlier step trained as well, it would be another gradient.
    expect(
      largestChange(dThrough ?? new Float32Array(), dSimulated ?? new Float32Array()),
    ).toBeGreaterThan(1e-2);
    engine.memory.free([teacher.parameters.flat, teacher.nullRows]);
  });
});

test('reads what it wrote: parameters start as the teacher', async ({ gpu }) => {
  const weights = await teacherWeights(gpu);
  await withTrainer(gpu, BASE, async (trainer, engine) => {
    const { student, average, critic } = await outcomeOf(trainer, engine, []);
    for (const copy of [student, average, critic]) expect(copy).toEqual(weights);
    const [seen] = await evaluate(gpu, [read(trainer.student.parameters.window('posEmbed'))], []);
    expect(seen).toEqual(weights.slice(0, 4 * 32));
  });
});

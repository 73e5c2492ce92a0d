import { describe, expect } from 'vitest';
import { parseConfig, type DistillConfigInput } from '../../../src/distill/config';
import type { IterationFigures } from '../../../src/distill/trainer';
import type { Gpu } from '../../../src/gpu/gpu';
import { PhiloxStream } from '../../../src/graph/philox';
import { randomStep, STREAMS } from '../../../src/distill/streams';
import * as reference from '../../reference/distill';
import { expectClose } from '../../support/compare';
import { test } from '../../support/gpu';
import { tinyData } from '../../support/tinyTeacher';
import { withTrainer } from '../../support/tinyTrainer';

const BATCH = 2;
const off = { enabled: false };
const on = { enabled: true };

const figuresOf = (gpu: Gpu, config: DistillConfigInput, count = 1): Promise<IterationFigures[]> =>
  withTrainer(gpu, { batch: BATCH, ...config }, async (trainer) => {
    const figures = [];
    for (let i = 0; i < count; i++) figures.push(await trainer.iterate());
    return figures;
  });

const first = async (gpu: Gpu, config: DistillConfigInput): Promise<IterationFigures> => {
  const [figures] = await figuresOf(gpu, config);
  if (!figures) throw new Error('no iteration');
  return figures;
};

describe('what is switched on', () => {
  test('reports its norm, its losses and its taus, and nothing else does', async ({ gpu }) => {
    const all = await first(gpu, { terms: { meanVariance: on, gan: on } });
    expect(Object.keys(all.taus)).toEqual(['ca', 'dm', 'gan']);
    for (const id of ['ca', 'meanVariance', 'gan'] as const) {
      expect(all[`${id}Norm`]).toBeGreaterThan(0);
    }
    expect(all.discriminatorLoss).toBeGreaterThan(0);
    // Two updates of two fakes and two real images: eight verdicts.
    const verdicts = 8 * (all.discriminatorAccuracy ?? NaN);
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8]).toContain(verdicts);
    const none = await first(gpu, { terms: { ca: off, dm: off } });
    const { iteration, imageMean, imageVariance, taus, ...others } = none;
    expect([iteration, imageMean, imageVariance]).toEqual([1, all.imageMean, all.imageVariance]);
    expect(taus).toEqual({});
    expect(new Set(Object.values(others))).toEqual(new Set([null]));
  });

  test('changes no draw of anything else', async ({ gpu }) => {
    const student = { steps: 2, learningRate: 0 };
    const runs = await Promise.all(
      [
        { terms: { meanVariance: on, gan: on } },
        { terms: { dm: off }, critic: { observer: true, learningRate: 0 } },
        { terms: { ca: off, gan: on }, discriminator: { r1: 1, updates: 1 } },
      ].map((config) => figuresOf(gpu, { ...config, student }, 3)),
    );
    const [all = [], caOnly = [], dmAndGan = []] = runs;
    all.forEach((figures, i) => {
      for (const other of [caOnly[i], dmAndGan[i]]) {
        expect(other?.imageMean).toBe(figures.imageMean);
        expect(other?.imageVariance).toBe(figures.imageVariance);
      }
      expect(caOnly[i]?.taus.ca).toEqual(figures.taus.ca);
      expect(dmAndGan[i]?.taus.dm).toEqual(figures.taus.dm);
      expect(dmAndGan[i]?.taus.gan).toEqual(figures.taus.gan);
    });
  });

  test('draws the taus that its settings say', async ({ gpu }) => {
    const tau = { distribution: 'shifted', shift: 3, lo: 0.1, hi: 0.9 } as const;
    const { taus } = await first(gpu, { terms: { ca: { tau }, dm: { sharedTau: true } } });
    const stream = new PhiloxStream(1, STREAMS.caTau, randomStep(0, 'student', 0));
    const range = { ...tau, aboveT: false, t: 0, logitMean: 0, logitStd: 1 };
    expectClose('tau', taus.ca ?? [], reference.sampleTau(BATCH, range, stream), {
      relative: 1e-6,
    });
    expect(taus.dm).toEqual(taus.ca);
  });
});

describe('cosine between CA and DM', () => {
  test('is a cosine, and null where one of the updates is nil or off', async ({ gpu }) => {
    const { updateCosine } = await first(gpu, { critic: { updates: 0 } });
    // The critic is still the teacher, so DM is nil.
    expect(updateCosine).toBeNull();
    const [, later] = await figuresOf(gpu, { critic: { learningRate: 1e-2 } }, 2);
    expect(Math.abs(later?.updateCosine ?? NaN)).toBeLessThanOrEqual(1);
    expect((await first(gpu, { terms: { dm: off } })).updateCosine).toBeNull();
  });
});

describe('networks', () => {
  test('that nothing needs take no memory, and come when they are needed', async ({ gpu }) => {
    const caOnly = { batch: BATCH, terms: { dm: off } };
    await withTrainer(gpu, caOnly, async (trainer, engine) => {
      await trainer.iterate();
      expect([trainer.has('critic'), trainer.has('discriminator')]).toEqual([false, false]);
      const before = engine.memory.bytes;
      await trainer.configure(parseConfig({ ...caOnly, critic: { observer: true } }));
      expect(trainer.has('critic')).toBe(true);
      // Parameters, gradient and two moments.
      const size = 4 * 4 * trainer.student.parameters.layout.size;
      expect(engine.memory.bytes - before).toBeGreaterThanOrEqual(size);
      expect((await trainer.iterate()).criticLoss).toBeGreaterThan(0);
    });
  });

  test('an observing critic learns and moves nothing', async ({ gpu }) => {
    const weights = (observer: boolean) =>
      withTrainer(
        gpu,
        { batch: BATCH, terms: { dm: off }, critic: { observer } },
        async (trainer, engine) => {
          for (let i = 0; i < 2; i++) await trainer.iterate();
          return engine.memory.read(trainer.student.parameters.flat);
        },
      );
    expect(await weights(true)).toEqual(await weights(false));
  });

  test('the discriminator learns to tell images apart, and its R1 penalty counts', async ({
    gpu,
  }) => {
    const student = { learningRate: 0 };
    const terms = { ca: off, dm: off, gan: on };
    const lossesAt = async (learningRate: number) => {
      const discriminator = { learningRate, updates: 4 };
      const figures = await figuresOf(gpu, { student, terms, discriminator }, 12);
      return figures.map(({ discriminatorLoss }) => discriminatorLoss ?? NaN);
    };
    // The same images, noise and levels: what differs is what the discriminator has learnt.
    const [learning, ignorant] = [await lossesAt(3e-3), await lossesAt(0)];
    const late = (losses: readonly number[]) => losses.slice(-6).reduce((a, b) => a + b);
    expect(late(learning)).toBeLessThan(0.9 * late(ignorant));
    const still = { updates: 1, learningRate: 0 };
    const plain = await first(gpu, { terms, discriminator: still });
    const penalised = await first(gpu, { terms, discriminator: { ...still, r1: 1000 } });
    expect(penalised.discriminatorLoss).toBeGreaterThan(plain.discriminatorLoss ?? NaN);
    expect(penalised.ganNorm).toBe(plain.ganNorm);
  });

  test('real images are asked for by the GAN term only', async ({ gpu }) => {
    const images = () => {
      throw new RangeError('no images');
    };
    const data = { ...tinyData, images };
    await withTrainer(gpu, { batch: BATCH }, (trainer) => trainer.iterate(), data);
    const gan = { batch: BATCH, terms: { gan: on } };
    await withTrainer(
      gpu,
      gan,
      async (trainer) => {
        await expect(trainer.iterate()).rejects.toThrow('no images');
        expect(trainer.iteration).toBe(0);
      },
      data,
    );
  });
});

describe('a student of several steps', () => {
  test('may change their number while it trains', async ({ gpu }) => {
    const run = (change: boolean) =>
      withTrainer(gpu, { batch: BATCH, student: { steps: change ? 1 : 4 } }, async (trainer) => {
        if (change) {
          await trainer.configure(parseConfig({ batch: BATCH, student: { steps: 4 } }));
        }
        const figures = [];
        for (let i = 0; i < 3; i++) figures.push(await trainer.iterate());
        return figures;
      });
    expect(await run(true)).toEqual(await run(false));
  });

  test('starts from the teacher as from itself at t = 0, and from its samples above', async ({
    gpu,
  }) => {
    const run = (start: 'simulation' | 'teacher') =>
      figuresOf(gpu, { student: { steps: 2, learningRate: 0, start } }, 8);
    const [own, teacher] = [await run('simulation'), await run('teacher')];
    const steps = own.map((_, i) =>
      new PhiloxStream(1, STREAMS.studentStep, randomStep(i, 'student', 0)).integer(2),
    );
    expect(new Set(steps)).toEqual(new Set([0, 1]));
    steps.forEach((step, i) => {
      if (step === 0) expect(teacher[i]?.imageMean).toBe(own[i]?.imageMean);
      else expect(teacher[i]?.imageMean).not.toBe(own[i]?.imageMean);
    });
  });
});

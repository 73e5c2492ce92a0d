import { describe, expect, vi } from 'vitest';
import { parseConfig, type DistillConfigInput } from '../../../src/distill/config';
import { Microscope, type InspectionRequest } from '../../../src/distill/microscope';
import { Sampler, type Grid } from '../../../src/distill/sampler';
import { STREAMS } from '../../../src/distill/streams';
import { noiseLevel } from '../../../src/flow/time';
import type { Gpu } from '../../../src/gpu/gpu';
import type { Engine } from '../../../src/graph/engine';
import { PhiloxStream } from '../../../src/graph/philox';
import { ditVelocity } from '../../../src/models/dit/dit';
import { ditLayout } from '../../../src/models/dit/parameters';
import { ParameterSet } from '../../../src/models/parameters';
import { avatarPrompts } from '../../../src/tasks/avatars/attributes';
import * as reference from '../../reference/distill';
import { expectClose } from '../../support/compare';
import { evaluate, feed, KERNEL_CHOICES, sharedEngine } from '../../support/evaluate';
import { test } from '../../support/gpu';
import { TINY, tinyPrompts, tinyTeacher, tinyWeights } from '../../support/tinyTeacher';

const [choice] = KERNEL_CHOICES;
if (!choice) throw new Error('no kernel choice');

const TOLERANCE = { relative: 1e-4 };
const GRID: Grid = { rows: tinyPrompts(new PhiloxStream(3, 0, 0), 3, 'full'), count: 3, seed: 9 };
const NOISE_SEED = 4;
/** Values of one image. */
const SIZE = 3 * TINY.height * TINY.imageWidth;
/** Not in the order of the grid. */
const SAMPLES = [2, 0];

interface Bench {
  readonly engine: Engine;
  readonly microscope: Microscope;
  readonly student: ParameterSet;
  readonly critic: ParameterSet;
  readonly sampler: Sampler;
  readonly request: (
    change?: Partial<InspectionRequest>,
    config?: DistillConfigInput,
  ) => InspectionRequest;
}

/** Three networks with different weights, and what looks at them. */
const withBench = async (gpu: Gpu, work: (bench: Bench) => Promise<void>): Promise<void> => {
  const engine = sharedEngine(gpu, choice);
  const before = engine.memory.bytes;
  const teacher = tinyTeacher(engine, 1);
  const network = (name: string, seed: number): ParameterSet => {
    const parameters = new ParameterSet(name, ditLayout(TINY));
    engine.memory.write(parameters.flat, tinyWeights(seed));
    return parameters;
  };
  const [student, critic] = [network('student', 2), network('critic', 3)];
  const microscope = new Microscope(engine, teacher);
  const sampler = new Sampler(engine, teacher, GRID.count);
  const request: Bench['request'] = (change = {}, config = {}) => ({
    student,
    critic,
    config: parseConfig(config),
    grid: GRID,
    samples: SAMPLES,
    tau: noiseLevel(0.3),
    noiseSeed: NOISE_SEED,
    ...change,
  });
  try {
    await work({ engine, microscope, student, critic, sampler, request });
  } finally {
    await microscope.destroy();
    await sampler.destroy();
    const { flat } = teacher.parameters;
    engine.memory.free([flat, teacher.nullRows, student.flat, critic.flat]);
    expect(engine.memory.bytes).toBe(before);
  }
};

/** The samples looked at, out of values for the whole grid. */
const picked = (grid: ArrayLike<number>): number[] =>
  SAMPLES.flatMap((sample) => Array.from(grid).slice(sample * SIZE, (sample + 1) * SIZE));

/** The noise of x_tau by the generator's twin. */
const noise = (): number[] => {
  const draws = new PhiloxStream(NOISE_SEED, STREAMS.caNoise, 0);
  return picked(Array.from({ length: GRID.count * SIZE }, () => draws.normal()));
};

const ROWS = SAMPLES.flatMap((sample) => [...GRID.rows.subarray(sample * 8, sample * 8 + 8)]);
const NULL_ROWS = SAMPLES.flatMap(() => [...avatarPrompts.rowsOf([avatarPrompts.nullPrompt])]);

/** A network's clean prediction at x_tau, its velocity from the GPU by itself. */
const predict = async (
  gpu: Gpu,
  parameters: Float32Array<ArrayBuffer>,
  xTau: Float32Array,
  tau: number,
  rows: readonly number[],
): Promise<number[]> => {
  const set = new ParameterSet('alone', ditLayout(TINY));
  const weights = { tensor: set.tensor(set.trainable()[0] ?? ''), variable: set.flat };
  const x = feed([SAMPLES.length, 3, TINY.height, TINY.imageWidth], xTau);
  const taus = SAMPLES.map(() => tau);
  const t = feed([SAMPLES.length], taus);
  const prompts = feed([SAMPLES.length, 8], Int32Array.from(rows));
  const velocity = ditVelocity(TINY, set, { x: x.tensor, t: t.tensor, rows: prompts.tensor });
  const feeds = [x, t, prompts, { ...weights, data: parameters }];
  const [values] = await evaluate(gpu, [velocity], feeds, { choice });
  return reference.cleanPrediction(xTau, taus, values ?? []);
};

const rms = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

describe('an inspection', () => {
  for (const normalise of [true, false]) {
    test(`agrees with its parts computed one by one, normaliser ${normalise}`, async ({ gpu }) => {
      await withBench(gpu, async ({ microscope, sampler, student, request }) => {
        const tau = noiseLevel(0.3);
        const seen = await microscope.inspect(request({ tau }, { normalise, guidanceScale: 3 }));
        expect(seen.shape).toEqual([2, 3, 16, 16]);
        const drawn = picked(await sampler.fewStep(student, 1, GRID));
        expectClose('x_gen', seen.gen, drawn, TOLERANCE);
        const xTau = reference.renoise(seen.gen, [tau, tau], noise());
        expectClose('x_tau', seen.renoised, xTau, TOLERANCE);
        const [realCond, realUncond, fakeCond] = [
          await predict(gpu, tinyWeights(1), seen.renoised, tau, ROWS),
          await predict(gpu, tinyWeights(1), seen.renoised, tau, NULL_ROWS),
          await predict(gpu, tinyWeights(3), seen.renoised, tau, ROWS),
        ];
        expectClose('real, prompt', seen.realCond, realCond, TOLERANCE);
        expectClose('real, null prompt', seen.realUncond, realUncond, TOLERANCE);
        expectClose('fake', seen.fakeCond ?? [], fakeCond, TOLERANCE);
        const norms = reference.norms(seen.gen, realCond, 2).map((norm) => (normalise ? norm : 1));
        const ca = reference.update(2, realCond, realUncond, norms);
        const dm = reference.update(1, realCond, fakeCond, norms);
        // Differences of near values: errors of the predictions weigh more.
        expectClose('Delta_CA', seen.ca, ca, { relative: 1e-3 });
        expectClose('Delta_DM', seen.dm ?? [], dm, { relative: 1e-3 });
        const halves = (values: number[]) => [values.slice(0, SIZE), values.slice(SIZE)].map(rms);
        expectClose('norms of CA', seen.caNorms, halves(ca), { relative: 1e-3 });
        expectClose('norms of DM', seen.dmNorms ?? [], halves(dm), { relative: 1e-3 });
      });
    });
  }

  test('at tau = 1 sees x_gen itself, at tau = 0 noise alone', async ({ gpu }) => {
    await withBench(gpu, async ({ microscope, request }) => {
      const clean = await microscope.inspect(request({ tau: noiseLevel(1) }));
      expect(clean.renoised).toEqual(clean.gen);
      // Nothing is left to predict: every network says what it sees, and no term pulls.
      expect(clean.realCond).toEqual(clean.gen);
      expect(clean.fakeCond).toEqual(clean.gen);
      expect(clean.caNorms).toEqual([0, 0]);
      expect(clean.dmNorms).toEqual([0, 0]);
      const noisy = await microscope.inspect(request({ tau: noiseLevel(0) }));
      expectClose('noise', noisy.renoised, noise(), TOLERANCE);
      expect(noisy.gen).toEqual(clean.gen);
    });
  });

  test('without a critic shows what the teacher knows', async ({ gpu }) => {
    await withBench(gpu, async ({ microscope, request }) => {
      const both = await microscope.inspect(request());
      const alone = await microscope.inspect(request({ critic: null }));
      expect(alone).toEqual({ ...both, fakeCond: null, dm: null, dmNorms: null });
    });
  });

  test('of a term that is off is the same: an observing critic is seen', async ({ gpu }) => {
    await withBench(gpu, async ({ microscope, request }) => {
      const on = await microscope.inspect(request());
      const terms = { ca: { weight: 5 }, dm: { enabled: false } };
      expect(await microscope.inspect(request({}, { terms }))).toEqual(on);
    });
  });

  test('of several steps shows the step asked for, by default the last', async ({ gpu }) => {
    await withBench(gpu, async ({ microscope, sampler, student, request }) => {
      const config = { student: { steps: 2 } };
      const last = await microscope.inspect(request({}, config));
      expectClose('last', last.gen, picked(await sampler.fewStep(student, 2, GRID)), TOLERANCE);
      const first = await microscope.inspect(request({ step: 0 }, config));
      expectClose('first', first.gen, picked(await sampler.fewStep(student, 1, GRID)), TOLERANCE);
      await expect(microscope.inspect(request({ step: 2 }, config))).rejects.toThrow(RangeError);
    });
  });
});

test('moving tau, noise, prompts and samples plans and compiles nothing', async ({ gpu }) => {
  await withBench(gpu, async ({ engine, microscope, request }) => {
    const first = await microscope.inspect(request());
    const prepare = vi.spyOn(engine, 'prepare');
    const { pipelineCount } = engine;
    const others = await Promise.all([
      microscope.inspect(request({ tau: noiseLevel(0.31) })),
      microscope.inspect(request({ noiseSeed: 5 })),
      microscope.inspect(request({ grid: { ...GRID, seed: 10 } })),
      microscope.inspect(request({ samples: [0, 2] })),
    ]);
    for (const other of others) expect(other.renoised).not.toEqual(first.renoised);
    expect(prepare).not.toHaveBeenCalled();
    expect(engine.pipelineCount).toBe(pipelineCount);
    prepare.mockRestore();
    // The same pictures, in the other order.
    const [swapped] = others.slice(-1);
    expect(swapped?.dm?.slice(SIZE)).toEqual(first.dm?.slice(0, SIZE));
  });
});

test('a sample looks the same whatever is beside it', async ({ gpu }) => {
  await withBench(gpu, async ({ microscope, request }) => {
    const first = await microscope.inspect(request());
    const second = await microscope.inspect(request({ samples: [2, 1] }));
    expect(second.renoised.slice(0, SIZE)).toEqual(first.renoised.slice(0, SIZE));
    expect(second.dm?.slice(0, SIZE)).toEqual(first.dm?.slice(0, SIZE));
    expect(second.dm?.slice(SIZE)).not.toEqual(first.dm?.slice(SIZE));
  });
});

test('refuses a sample that the grid has not', async ({ gpu }) => {
  await withBench(gpu, async ({ microscope, request }) => {
    await expect(microscope.inspect(request({ samples: [3, 0] }))).rejects.toThrow(/no sample 3/);
    // And goes on.
    expect((await microscope.inspect(request())).shape[0]).toBe(2);
  });
});

test('keeps no memory where its programs cannot be had', async ({ gpu }) => {
  await withBench(gpu, async ({ engine, microscope, request }) => {
    const { bytes } = engine.memory;
    const prepare = engine.prepare.bind(engine);
    const failing = vi
      .spyOn(engine, 'prepare')
      .mockImplementation((spec, onProgress) =>
        spec.name === 'microscope'
          ? prepare(spec, onProgress)
          : Promise.reject(new Error('no more')),
      );
    await expect(microscope.inspect(request())).rejects.toThrow('no more');
    failing.mockRestore();
    expect(engine.memory.bytes).toBe(bytes);
  });
});

import { describe, expect } from 'vitest';
import { loadNodeRuntime } from '../../../src/cli/onnxRuntime';
import { parseConfig, type DistillConfigInput } from '../../../src/distill/config';
import { Microscope } from '../../../src/distill/microscope';
import type { Teacher } from '../../../src/distill/networks';
import type { OutsideVelocity } from '../../../src/distill/outside';
import { Sampler } from '../../../src/distill/sampler';
import { Trainer, type IterationFigures } from '../../../src/distill/trainer';
import { noiseLevel } from '../../../src/flow/time';
import type { Gpu } from '../../../src/gpu/gpu';
import type { Engine } from '../../../src/graph/engine';
import { PhiloxStream } from '../../../src/graph/philox';
import { read, variable, type Variable } from '../../../src/graph/tensor';
import { OnnxSession } from '../../../src/interchange/onnx/session';
import { ForeignNetwork } from '../../../src/lab/foreign/network';
import { parseForeignSpec } from '../../../src/lab/foreign/spec';
import { avatarPrompts } from '../../../src/tasks/avatars/attributes';
import { avatarTask } from '../../../src/tasks/avatars/task';
import { expectClose } from '../../support/compare';
import { sharedEngine, SOFTWARE_CHOICE } from '../../support/evaluate';
import { foreignFile, foreignSpec, MANNERS, type MannerId } from '../../support/foreignFile';
import { test } from '../../support/gpu';
import { tinyData, tinyPrompts, tinyTeacher } from '../../support/tinyTeacher';

const BATCH = 2;
/** Every way in which a teacher is asked: CA and DM at their own taus, and samples to start from. */
const CONFIG: DistillConfigInput = {
  batch: BATCH,
  critic: { updates: 1 },
  student: { steps: 2, start: 'teacher', learningRate: 1e-3 },
};

/** The same without samples of the teacher: noise says nothing of the velocity at pure noise. */
const WITHOUT_SAMPLES: DistillConfigInput = { batch: BATCH, critic: { updates: 1 } };

/** A DiT that is asked like a network outside, but evaluated by a program of our own. */
const outsideDit = (engine: Engine, { backbone, parameters }: Teacher): OutsideVelocity => ({
  answerShape: (batch) => [batch, ...backbone.sampleShape],
  ask: (x, t) => ({ x, t }),
  hear: (answer) => answer,
  evaluate: async ({ x, t, answer, prompted }, rows) => {
    const [count = 1] = t.shape;
    const input = variable('rows', [count, backbone.promptRows], 'i32');
    const nulls = Array.from({ length: BATCH }, () => avatarPrompts.nullPrompt);
    const all = prompted.flatMap((given) => [...(given ? rows : avatarPrompts.rowsOf(nulls))]);
    const velocity = backbone.velocity(parameters);
    const program = await engine.prepare({
      name: 'outside',
      assign: [
        { variable: answer, value: velocity({ x: read(x), t: read(t), rows: read(input) }) },
      ],
    });
    await engine
      .record()
      .run(program, {}, [[input, Int32Array.from(all)]])
      .submit();
    program.destroy();
    engine.memory.free([input]);
  },
});

interface Outcome {
  readonly figures: readonly IterationFigures[];
  /** What three iterations changed of the student's weights, and the last gradients. */
  readonly change: Float32Array;
  readonly studentGradient: Float32Array;
  readonly criticGradient: Float32Array;
  readonly samples: Float32Array;
  /** The critic's weights at the end, by which others look too. */
  readonly critic: Float32Array<ArrayBuffer>;
  readonly student: Float32Array<ArrayBuffer>;
  readonly ca: Float32Array;
  readonly dm: Float32Array;
}

/**
 * Trains, draws and looks with a teacher, however it answers. `like`: whose networks are looked at, since
 * Adam's first steps turn the rounding of gradients near zero into different weights.
 */
const run = async (
  engine: Engine,
  teacher: Teacher,
  config: DistillConfigInput,
  like?: Outcome,
): Promise<Outcome> => {
  const trainer = await Trainer.create(engine, teacher, tinyData, parseConfig(config));
  const sampler = new Sampler(engine, teacher, BATCH);
  const microscope = new Microscope(engine, teacher);
  try {
    const read = (of: Variable) => engine.memory.read(of);
    const start = await read(trainer.student.parameters.flat);
    const figures: IterationFigures[] = [];
    for (let i = 0; i < 3; i++) figures.push(await trainer.iterate());
    const [student, critic] = [
      await read(trainer.student.parameters.flat),
      await read(trainer.critic.parameters.flat),
    ];
    engine.memory.write(trainer.student.parameters.flat, like?.student ?? student);
    engine.memory.write(trainer.critic.parameters.flat, like?.critic ?? critic);
    const rows = tinyPrompts(new PhiloxStream(4, 0, 0), BATCH, 'full');
    const grid = { rows, count: BATCH, seed: 9 };
    const seen = await microscope.inspect({
      student: trainer.student.parameters,
      critic: trainer.critic.parameters,
      config: trainer.config,
      grid,
      samples: [0, 1],
      tau: noiseLevel(0.4),
      noiseSeed: 3,
    });
    return {
      figures,
      ...{ student, critic },
      change: student.map((value, index) => value - (start[index] ?? NaN)),
      studentGradient: await read(trainer.student.gradient.flat),
      criticGradient: await read(trainer.critic.gradient.flat),
      samples: await sampler.guided(3, 2, grid),
      ca: seen.ca,
      dm: seen.dm ?? new Float32Array(),
    };
  } finally {
    trainer.destroy();
    await sampler.destroy();
    await microscope.destroy();
  }
};

type Part = 'studentGradient' | 'criticGradient' | 'ca' | 'dm' | 'samples';

const expectSame = (
  actual: Outcome,
  expected: Outcome,
  tolerance: number,
  parts: readonly Part[],
): void => {
  actual.figures.forEach((figures, index) => {
    const other = expected.figures[index];
    expect(other).toBeDefined();
    for (const key of ['caNorm', 'dmNorm', 'criticLoss'] as const) {
      expect(figures[key]).toBeCloseTo(other?.[key] ?? NaN, 3);
    }
    expect(figures.taus).toEqual(other?.taus);
  });
  for (const key of parts) {
    expectClose(key, actual[key], expected[key], { relative: tolerance });
  }
  // Adam gives a step of full size to gradients that are all but zero, so weights agree as a whole.
  const norm = (values: Float32Array) => Math.hypot(...values);
  const difference = actual.change.map((value, index) => value - (expected.change[index] ?? NaN));
  expect(norm(difference)).toBeLessThan(0.03 * norm(expected.change));
};

const UPDATES: readonly Part[] = ['studentGradient', 'criticGradient', 'ca', 'dm'];

const expected = new Map<DistillConfigInput, Promise<Outcome>>();

/** What the teacher gives in the graph, once for all tests. */
const inGraph = (gpu: Gpu, config: DistillConfigInput): Promise<Outcome> => {
  const engine = sharedEngine(gpu, SOFTWARE_CHOICE);
  const outcome = expected.get(config) ?? run(engine, tinyTeacher(engine), config);
  expected.set(config, outcome);
  return outcome;
};

describe('a teacher outside of the graph', () => {
  test('teaches the same as in the graph', async ({ gpu }) => {
    const engine = sharedEngine(gpu, SOFTWARE_CHOICE);
    const teacher = tinyTeacher(engine);
    const outside = { ...teacher, velocity: outsideDit(engine, teacher) };
    const reference = await inGraph(gpu, CONFIG);
    const outcome = await run(engine, outside, CONFIG, reference);
    expectSame(outcome, reference, 1e-4, [...UPDATES, 'samples']);
  });

  for (const id of Object.keys(MANNERS) as MannerId[]) {
    test(`teaches the same as an ONNX file that gives ${id}`, async ({ gpu }) => {
      const engine = sharedEngine(gpu, SOFTWARE_CHOICE);
      const session = await OnnxSession.open(foreignFile(id), loadNodeRuntime);
      const spec = parseForeignSpec(foreignSpec(id));
      const network = new ForeignNetwork(engine, session, spec, avatarTask);
      const teacher = { ...tinyTeacher(engine), velocity: network };
      const [config, parts] =
        id === 'noise' ? [WITHOUT_SAMPLES, UPDATES] : [CONFIG, [...UPDATES, 'samples' as const]];
      const reference = await inGraph(gpu, config);
      const outcome = await run(engine, teacher, config, reference);
      expectSame(outcome, reference, 1e-3, parts);
      await network.destroy();
      await session.destroy();
    });
  }
});

describe('an iteration that waits for its teacher', () => {
  /** A trainer whose teacher answers when it is told to, or fails. */
  const withGate = async (
    gpu: Gpu,
    work: (trainer: Trainer, gate: { open: () => void; fail: boolean }) => Promise<void>,
  ): Promise<void> => {
    const engine = sharedEngine(gpu, SOFTWARE_CHOICE);
    const teacher = tinyTeacher(engine);
    const dit = outsideDit(engine, teacher);
    const gate = { open: (): void => undefined, fail: false };
    const velocity: OutsideVelocity = {
      ...dit,
      evaluate: async (question, rows) => {
        await new Promise<void>((resolve) => {
          gate.open = resolve;
        });
        if (gate.fail) throw new Error('no answer');
        await dit.evaluate(question, rows);
      },
    };
    const config = parseConfig(WITHOUT_SAMPLES);
    const trainer = await Trainer.create(engine, { ...teacher, velocity }, tinyData, config);
    try {
      await work(trainer, gate);
    } finally {
      trainer.destroy();
      engine.memory.free([teacher.parameters.flat, teacher.nullRows]);
    }
  };

  const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

  test('counts when it is submitted, and is all or nothing to those who save meanwhile', async ({
    gpu,
  }) => {
    await withGate(gpu, async (trainer, gate) => {
      const weights = () =>
        sharedEngine(gpu, SOFTWARE_CHOICE).memory.read(trainer.student.parameters.flat);
      const [before, start] = [await trainer.save(), await weights()];
      const figures = trainer.iterate();
      await settled();
      expect(trainer.iteration).toBe(0);
      expect(await trainer.save()).toEqual(before);
      await expect(trainer.iterate()).rejects.toThrow('not submitted yet');
      // What is restored meanwhile comes after the iteration that is under way.
      const restored = trainer.restore(before);
      await settled();
      gate.open();
      expect((await figures).iteration).toBe(1);
      await restored;
      expect(await trainer.save()).toEqual(before);
      expect(await weights()).toEqual(start);
    });
  });

  test('that gets no answer fails alone: the next one may be tried', async ({ gpu }) => {
    await withGate(gpu, async (trainer, gate) => {
      gate.fail = true;
      const failing = trainer.iterate();
      await settled();
      gate.open();
      await expect(failing).rejects.toThrow('no answer');
      expect(trainer.iteration).toBe(0);
      gate.fail = false;
      const figures = trainer.iterate();
      await settled();
      gate.open();
      expect((await figures).caNorm).toBeGreaterThan(0);
    });
  });
});

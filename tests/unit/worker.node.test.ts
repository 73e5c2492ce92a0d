import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { dawnGpu } from '../../src/cli/dawn';
import type { DistillConfigInput } from '../../src/distill/config';
import { Trainer, type IterationFigures } from '../../src/distill/trainer';
import type { TuningStore } from '../../src/gpu/tuning';
import { DivergedError, type Session } from '../../src/lab/session';
import { NULL_PROMPT } from '../../src/tasks/avatars/attributes';
import { LabHost, type Surroundings } from '../../src/worker/host';
import type { Command, MetricsPoint, Report } from '../../src/worker/protocol';
import { RunLoop } from '../../src/worker/runLoop';
import { tinyTeacherFile } from '../support/tinyTeacher';

const CONFIG: DistillConfigInput = { batch: 2, critic: { updates: 1 } };
const GRID = { prompts: [[0, 0, 0, 0, 0, 0, 0, 0], NULL_PROMPT], seed: 7 };
const PATIENCE = { timeout: 90_000, interval: 20 };

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** What this adapter was measured to like, without measuring. */
const tuning: TuningStore = {
  load: () => Promise.resolve({ matmul: 'blocked', reduce: 'serial' }),
  save: () => Promise.resolve(),
};

const files: Record<string, Uint8Array<ArrayBuffer>> = {
  tiny: tinyTeacherFile(),
  broken: new TextEncoder().encode('no teacher at all'),
};

const fetchFile = (url: string): Promise<ArrayBuffer> => {
  const file = files[url];
  return file
    ? Promise.resolve(file.slice().buffer)
    : Promise.reject(new Error(`the server answered 404 for ${url}`));
};

const start = (url = 'tiny', config: DistillConfigInput = CONFIG): Command => ({
  type: 'start',
  teacher: { id: url, url },
  config,
  grid: { ...GRID, id: 7 },
});

/** A host with everything it reported, and ways to wait for reports. */
class Bench {
  readonly reports: Report[] = [];
  readonly host: LabHost;

  constructor(surroundings: Partial<Surroundings> = {}) {
    this.host = new LabHost((report) => this.reports.push(report), {
      gpu: dawnGpu(),
      tuning,
      fetchFile,
      ...surroundings,
    });
  }

  of<Type extends Report['type']>(type: Type): Extract<Report, { type: Type }>[] {
    return this.reports.filter((report) => report.type === type) as never;
  }

  get state(): string | undefined {
    return this.of('state').at(-1)?.state;
  }

  get points(): MetricsPoint[] {
    return this.of('metrics').flatMap(({ points }) => points);
  }

  async send(...commands: Command[]): Promise<void> {
    for (const command of commands) this.host.handle(command);
    await this.host.settled();
  }

  async until(condition: () => boolean): Promise<void> {
    await vi.waitFor(() => {
      if (!condition()) throw new Error(`still ${this.state}: ${this.of('error').at(-1)?.message}`);
    }, PATIENCE);
  }
}

/** Dawn with another way to get an adapter. */
const withAdapter = (requestAdapter: GPU['requestAdapter']): GPU =>
  Object.assign(Object.create(dawnGpu()) as GPU, { requestAdapter });

/** Dawn, with a list of the devices that were made. */
const watchedGpu = (): { gpu: GPU; devices: GPUDevice[] } => {
  const devices: GPUDevice[] = [];
  const dawn = dawnGpu();
  const requestAdapter = async (options?: GPURequestAdapterOptions) => {
    const adapter = await dawn.requestAdapter(options);
    if (!adapter) return null;
    const requestDevice = adapter.requestDevice.bind(adapter);
    adapter.requestDevice = async (descriptor) => {
      const device = await requestDevice(descriptor);
      devices.push(device);
      return device;
    };
    return adapter;
  };
  return { gpu: withAdapter(requestAdapter), devices };
};

/** One visit: the tests follow each other, since every start compiles for seconds. */
describe('a visit', () => {
  const { gpu, devices } = watchedGpu();
  const lab = new Bench({ gpu });
  /** Points before the test, counted by the tests themselves. */
  let known = 0;

  beforeEach(() => {
    lab.reports.length = 0;
  });
  afterAll(async () => {
    await lab.send({ type: 'stop' });
    for (const device of devices) device.destroy();
  });

  test('starts badly: broken configuration, unreadable and missing teacher', async () => {
    await lab.send(start('tiny', { guidanceScale: 0 }));
    expect(lab.state).toBe('failed');
    await lab.send(start('broken'), start('missing'));
    expect(lab.of('error').map(({ code }) => code)).toEqual([
      'bad-config',
      'teacher-unreadable',
      'teacher-unreadable',
    ]);
    expect(lab.of('error')[0]?.message).toContain('guidanceScale');
    expect(lab.of('error')[2]?.message).toContain('404');
    for (const { advice } of lab.of('error')) expect(advice).not.toBe('');
    expect(lab.state).toBe('failed');
  });

  test('then prepares, draws three grids, and trains', async () => {
    await lab.send(start());
    const stages = lab.of('progress').map(({ stage }) => stage);
    const expected = ['device', 'teacher', 'measuring', 'compiling', 'sampling'];
    expect([...new Set(stages)]).toEqual(expected);
    const [ready] = lab.of('ready');
    expect(ready?.adapter.name).not.toBe('');
    expect(ready?.parameterCount).toBeGreaterThan(10_000);
    expect(ready?.config.batch).toBe(2);
    const grids = lab.of('samples').slice(0, 3);
    expect(grids.map(({ grid }) => grid)).toEqual(['student', 'teacherOneStep', 'teacherGuided']);
    for (const { images, shape, orderId } of grids) {
      expect(shape).toEqual([2, 3, 16, 16]);
      expect(images).toHaveLength(2 * 3 * 256);
      expect(images.every(Number.isFinite)).toBe(true);
      expect(orderId).toBe(7);
    }
    // Before training the student is the teacher in one step.
    expect(grids[0]?.images).toEqual(grids[1]?.images);
    expect(grids[2]?.images).not.toEqual(grids[1]?.images);

    await lab.until(() => lab.points.length >= 4);
    await lab.send({ type: 'pause' });
    expect(lab.state).toBe('paused');
    known = lab.points.length;
    const counted = lab.points.map((_, index) => index + 1);
    expect(lab.points.map(({ iteration }) => iteration)).toEqual(counted);
    expect(lab.of('error')).toEqual([]);
  });

  test('steps, and changes a switch in between', async () => {
    await lab.send({ type: 'step' });
    await lab.until(() => lab.state === 'paused' && lab.points.length === 1);
    await lab.send({ type: 'set', config: { ...CONFIG, terms: { dm: { enabled: false } } } });
    await lab.send({ type: 'step' });
    await lab.until(() => lab.state === 'paused' && lab.points.length === 2);
    expect(lab.points.map(({ iteration }) => iteration)).toEqual([known + 1, known + 2]);
    expect(lab.points.map(({ dmNorm }) => dmNorm === null)).toEqual([false, true]);
    expect(lab.of('error')).toEqual([]);
  });

  test('draws other prompts and noise, in other numbers', async () => {
    await lab.send({ type: 'sample', grid: { prompts: [NULL_PROMPT], seed: 8, id: 8 } });
    // The held student's own picture may still come first; it is of the old noise.
    const grids = lab.of('samples').filter(({ orderId }) => orderId === 8);
    expect(grids.map(({ grid }) => grid)).toEqual(['teacherOneStep', 'teacherGuided', 'student']);
    expect(grids.map(({ shape }) => shape[0])).toEqual([1, 1, 1]);
    expect(grids[2]?.images).not.toEqual(grids[0]?.images);
  });

  test('goes on after a change that is refused', async () => {
    await lab.send({ type: 'resume' });
    expect(lab.state).toBe('running');
    await lab.send({ type: 'set', config: { batch: 0 } });
    expect(lab.of('error')).toMatchObject([{ code: 'bad-config' }]);
    expect(lab.of('error')[0]?.message).toContain('batch');
    // What a running student cannot change waits for the next start, and is no error.
    await lab.send({ type: 'set', config: { ...CONFIG, batch: 5, seed: 99 } });
    const { length } = lab.points;
    await lab.until(() => lab.points.length > length + 1);
    expect(lab.of('error')).toHaveLength(1);
    expect(lab.state).toBe('running');
  });

  test('loses the device, and is told so once', async () => {
    expect(devices).toHaveLength(1);
    devices[0]?.destroy();
    await lab.until(() => lab.state === 'failed');
    await pause(400);
    expect(lab.of('error').map(({ code }) => code)).toEqual(['device-lost']);
  });

  test('starts again on another device; divergence ends that run with finite points', async () => {
    await lab.send(start());
    expect(devices).toHaveLength(2);
    await lab.until(() => lab.points.length > 0);
    expect(lab.state).toBe('running');
    const iterate = vi.spyOn(Trainer.prototype, 'iterate').mockResolvedValue({
      ...{ iteration: 1000, caNorm: NaN, dmNorm: 1, criticLoss: 1 },
      ...{ imageMean: 0, imageVariance: 1 },
    });
    await lab.until(() => lab.state === 'failed');
    iterate.mockRestore();
    expect(lab.of('error')).toMatchObject([{ code: 'diverged' }]);
    expect(lab.of('error')[0]?.message).toContain('1000');
    for (const point of lab.points) {
      expect(point.iteration).toBeLessThan(1000);
      expect(Object.values(point).every(Number.isFinite)).toBe(true);
    }
    await lab.send({ type: 'resume' });
    expect(lab.state).toBe('failed');
  });

  test('ends in silence', async () => {
    await lab.send({ type: 'stop' });
    expect(lab.state).toBe('idle');
    const { length } = lab.reports;
    await lab.send({ type: 'pause' }, { type: 'step' }, { type: 'resume' });
    await pause(200);
    expect(lab.reports).toHaveLength(length);
  });
});

test('no WebGPU and no adapter are told by their codes', async () => {
  const without = new Bench({ gpu: undefined });
  await without.send(start());
  expect(without.of('error')).toMatchObject([{ code: 'no-webgpu' }]);
  expect(without.state).toBe('failed');

  const empty = new Bench({ gpu: withAdapter(() => Promise.resolve(null)) });
  await empty.send(start());
  expect(empty.of('error')).toMatchObject([{ code: 'no-adapter' }]);
  expect(empty.state).toBe('failed');
});

describe('RunLoop', () => {
  /** A session whose iterations end when they are told to. */
  const fakeSession = () => {
    const open: { resolve: (figures: IterationFigures) => void; reject: (e: Error) => void }[] = [];
    let most = 0;
    let iteration = 0;
    const iterate = () =>
      new Promise<IterationFigures>((resolve, reject) => {
        open.push({ resolve, reject });
        most = Math.max(most, open.length);
      });
    return {
      session: { iterate } as unknown as Session,
      open,
      most: () => most,
      finish: async () => {
        iteration++;
        open.shift()?.resolve({
          iteration,
          caNorm: 1,
          dmNorm: 1,
          criticLoss: 1,
          imageMean: 0,
          imageVariance: 1,
        });
        await new Promise((resolve) => setTimeout(resolve));
      },
    };
  };

  test('keeps two iterations in flight, never more, and reports in order', async () => {
    const { session, open, most, finish } = fakeSession();
    const seen: number[] = [];
    const ends: unknown[] = [];
    const loop = new RunLoop(session, {
      onFigures: ({ iteration }) => seen.push(iteration),
      onEnd: (error) => ends.push(error),
    });
    loop.run(5);
    loop.run(5);
    for (let i = 0; i < 3; i++) await finish();
    expect(open).toHaveLength(2);
    const idle = loop.idle();
    await finish();
    await finish();
    await idle;
    expect(seen).toEqual([1, 2, 3, 4, 5]);
    expect(ends).toEqual([undefined]);
    expect(most()).toBe(2);
    expect(loop.iterationsPerSecond).toBeGreaterThan(0);
  });

  test('a failure ends the run, an abandoned run says nothing', async () => {
    const failing = fakeSession();
    const failure = new DivergedError('gone');
    const ends: unknown[] = [];
    const figures = vi.fn();
    const loop = new RunLoop(failing.session, { onFigures: figures, onEnd: (e) => ends.push(e) });
    loop.run(Infinity);
    failing.open[0]?.reject(failure);
    failing.open[1]?.reject(failure);
    await loop.idle();
    expect(ends).toEqual([failure]);
    expect(figures).not.toHaveBeenCalled();

    const left = fakeSession();
    const abandoned = new RunLoop(left.session, { onFigures: figures, onEnd: figures });
    abandoned.run(2);
    abandoned.abandon();
    await left.finish();
    await left.finish();
    await abandoned.idle();
    expect(figures).not.toHaveBeenCalled();
  });
});

import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { parseSafetensors, writeSafetensors } from '../../../src/interchange/safetensors';
import { classifierLayout } from '../../../src/models/classifier';
import { unflattenParameters } from '../../../src/models/parameters';
import { readTeacher } from '../../../src/lab/teacher';
import { avatarTask } from '../../../src/tasks/avatars/task';
import { classifierMetadata } from '../../../src/tasks/classifierFile';
import { parseRecipe } from '../../../src/training/recipe';
import { TeacherHost, type TeacherSurroundings } from '../../../src/worker/teacher/host';
import {
  keptTrainingId,
  ownTeacherId,
  type TeacherCommand,
  type TeacherReport,
} from '../../../src/worker/teacher/protocol';
import { tinyClassifier } from '../../support/tinyClassifier';
import { MemoryStore, watchedGpu } from './bench';

const SITE = 'http://page.example/';
const recipe = parseRecipe({
  task: 'avatars',
  ...{ width: 16, depth: 1, heads: 2, patch: 8, batch: 4, images: 8, steps: 12 },
});
const start: TeacherCommand = { type: 'start', recipe, site: SITE, own: null };
const long: TeacherCommand = { ...start, recipe: { ...recipe, steps: 100_000 } };

const judge = (() => {
  const { config, flat, accuracy } = tinyClassifier();
  const tensors = unflattenParameters(classifierLayout(config), flat);
  return writeSafetensors(
    [...tensors].map(([name, { shape, data }]) => ({ name, shape, data })),
    classifierMetadata(avatarTask, { config, accuracy }),
  );
})();

const { gpu, devices } = watchedGpu();

/** A host with everything it reported. */
class Bench {
  readonly reports: TeacherReport[] = [];
  readonly store = new MemoryStore();
  readonly host: TeacherHost;

  constructor(surroundings: Partial<TeacherSurroundings> = {}) {
    this.host = new TeacherHost((report) => this.reports.push(report), {
      gpu,
      tuning: {
        load: () => Promise.resolve({ matmul: 'blocked', reduce: 'serial' }),
        save: () => Promise.resolve(),
      },
      store: Promise.resolve(this.store),
      fetchFile: (url) =>
        url.endsWith('judge')
          ? Promise.resolve(judge.slice().buffer)
          : Promise.reject(new Error('404')),
      ...surroundings,
    });
    benches.push(this);
  }

  of<Type extends TeacherReport['type']>(type: Type): Extract<TeacherReport, { type: Type }>[] {
    return this.reports.filter((report) => report.type === type) as never;
  }

  get state(): string | undefined {
    return this.of('state').at(-1)?.state;
  }

  get step(): number {
    return this.of('losses').at(-1)?.now.step ?? 0;
  }

  async send(...commands: TeacherCommand[]): Promise<void> {
    for (const command of commands) this.host.handle(command);
    await this.host.settled();
  }

  async until(condition: () => boolean): Promise<void> {
    await vi.waitFor(
      () => {
        if (!condition())
          throw new Error(
            `still ${this.state ?? 'silent'}: ${this.of('error').at(-1)?.message ?? ''}`,
          );
      },
      { timeout: 60_000, interval: 10 },
    );
  }
}

const benches: Bench[] = [];
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.send({ type: 'stop' });
});
afterAll(() => {
  for (const device of devices) device.destroy();
});

describe('the host of trainings', () => {
  test('trains to the end, with losses and pictures on the way', async () => {
    const bench = new Bench();
    await bench.send(start);
    await bench.until(() => bench.state === 'done');
    expect(bench.of('ready')[0]).toMatchObject({ recipe, step: 0, rows: [] });
    expect(bench.of('state').map(({ state }) => state)).toEqual(['preparing', 'training', 'done']);
    const rows = bench.of('losses').flatMap((report) => report.rows);
    expect(rows.map(({ step }) => step)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    const drawn = bench.of('samples').map(({ step, guidance }) => [step, guidance]);
    expect(drawn.slice(0, 2)).toEqual([
      [0, 1],
      [0, 3],
    ]);
    expect(drawn.slice(-2)).toEqual([
      [12, 1],
      [12, 3],
    ]);
    expect(bench.store.files.get(keptTrainingId('avatars'))?.about).toBe('avatars, step 12 of 12');
  });

  test('holds a training, keeps it, and goes on with it in another page', async () => {
    const bench = new Bench();
    await bench.send(long);
    await bench.until(() => bench.step >= 3);
    await bench.send({ type: 'pause' });
    expect(bench.state).toBe('paused');
    const saved = bench.of('saved').at(-1)?.step;
    const held = bench.reports.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(bench.reports).toHaveLength(held);
    await bench.send({ type: 'resume' });
    await bench.until(() => bench.step > (saved ?? 0));
    await bench.send({ type: 'pause' });

    const other = new Bench({ store: Promise.resolve(bench.store) });
    await other.send({ type: 'look', task: 'avatars' });
    const at = bench.of('saved').at(-1)?.step ?? NaN;
    expect(other.of('kept')).toEqual([
      { type: 'kept', training: `avatars, step ${at} of 100000`, own: null },
    ]);
    await other.send({ type: 'goOn', task: 'avatars', site: SITE, own: null });
    expect(other.of('ready')[0]).toMatchObject({ step: at });
    await other.until(() => other.step > at);
    await other.send({ type: 'stop' });
    expect(other.state).toBe('idle');
    expect(bench.store.files.size).toBe(0);
  });

  test('measures, hands out and keeps the teacher while it trains', async () => {
    const bench = new Bench();
    await bench.send(long);
    await bench.until(() => bench.step >= 2);
    await bench.send({ type: 'measure', judge: `${SITE}judge`, samples: 4 });
    const [measured] = bench.of('figures');
    expect(measured?.figures.settings.map(({ guidance }) => guidance)).toEqual([1, 3]);
    expect(bench.state).toBe('training');
    await bench.send({ type: 'export' }, { type: 'use' });
    const [file] = bench.of('file');
    const { metadata } = parseSafetensors(file?.bytes ?? new Uint8Array());
    expect(metadata).toMatchObject({ kind: 'teacher', task: 'avatars' });
    expect(file?.name).toBe(`avatars-step-${metadata['steps'] ?? ''}.safetensors`);
    const kept = bench.store.files.get(ownTeacherId('avatars'));
    expect(kept?.bytes).toEqual(bench.of('own')[0]?.bytes);
    expect(readTeacher(kept?.bytes.slice().buffer ?? new ArrayBuffer()).config.width).toBe(16);
    expect(bench.of('kept').at(-1)?.own).toMatch(/^trained to step \d+$/);

    await bench.send({ type: 'measure', judge: `${SITE}gone`, samples: 4 });
    expect(bench.of('notice').at(-1)).toMatchObject({ code: 'no-judge' });
    expect(bench.state).toBe('training');
  });

  test('estimates by a few steps, and begins nothing', async () => {
    const bench = new Bench();
    await bench.send({ type: 'estimate', recipe, own: null });
    expect(bench.of('estimate')[0]?.secondsPerStep).toBeGreaterThan(0);
    expect(bench.state).toBe('idle');
    expect(bench.store.files.size).toBe(0);
  });

  test('goes on without room or storage, and says so', async () => {
    const bench = new Bench();
    bench.store.full = true;
    await bench.send(start);
    await bench.until(() => bench.state === 'done');
    await bench.send({ type: 'use' });
    expect(bench.of('notice').map(({ code }) => code)).toEqual(['quota', 'quota']);
    expect(bench.of('own')).toHaveLength(1);

    const none = new Bench({ store: Promise.resolve(null) });
    await none.send(start);
    await none.until(() => none.state === 'done');
    expect(none.of('notice')).toEqual([expect.objectContaining({ code: 'no-storage' })]);
  });

  test('puts failures into words, and starts anew after them', async () => {
    const bench = new Bench();
    await bench.send({ type: 'goOn', task: 'avatars', site: SITE, own: null });
    expect(bench.of('error').at(-1)).toMatchObject({ code: 'checkpoint-unreadable' });
    await bench.send({ ...start, recipe: { ...recipe, patch: 5 } });
    expect(bench.of('error').at(-1)).toMatchObject({ code: 'bad-config' });
    expect(bench.state).toBe('failed');
    await bench.send({
      ...start,
      recipe: { ...recipe, learningRate: 1, warmUp: 0, gradientClip: 0 },
    });
    await bench.until(() => bench.state !== 'training');

    const missing = new Bench({ gpu: undefined });
    await missing.send(start);
    expect(missing.of('error')).toEqual([expect.objectContaining({ code: 'no-webgpu' })]);
  });

  test('a lost device ends the training; what was kept goes on', async () => {
    const bench = new Bench();
    await bench.send(long);
    await bench.until(() => bench.step >= 2);
    await bench.send({ type: 'pause' }, { type: 'resume' });
    devices.at(-1)?.destroy();
    await bench.until(() => bench.state === 'failed');
    expect(bench.of('error')).toEqual([expect.objectContaining({ code: 'device-lost' })]);
    await bench.send({ type: 'goOn', task: 'avatars', site: SITE, own: null });
    expect(bench.state).toBe('training');
    expect(bench.of('ready').at(-1)?.step).toBeGreaterThanOrEqual(2);
  });
});

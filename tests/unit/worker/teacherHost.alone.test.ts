import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { parseSafetensors } from '../../../src/interchange/safetensors';
import { readTeacher } from '../../../src/lab/teacher';
import { keptTrainingId, ownTeacherId } from '../../../src/worker/teacher/protocol';
import { destroyDevices, long, recipe, SITE, start, stopAll, TeacherBench } from './teacherBench';

afterEach(stopAll);
afterAll(destroyDevices);

describe('the host of trainings', () => {
  test('trains to the end, with losses and pictures on the way', async () => {
    const bench = new TeacherBench();
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
    const bench = new TeacherBench();
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

    const other = new TeacherBench({ store: Promise.resolve(bench.store) });
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
    const bench = new TeacherBench();
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
    const bench = new TeacherBench();
    await bench.send({ type: 'estimate', recipe, own: null });
    expect(bench.of('estimate')[0]?.secondsPerStep).toBeGreaterThan(0);
    expect(bench.state).toBe('idle');
    expect(bench.store.files.size).toBe(0);
  });

  test('goes on without room or storage, and says so', async () => {
    const bench = new TeacherBench();
    bench.store.full = true;
    await bench.send(start);
    await bench.until(() => bench.state === 'done');
    await bench.send({ type: 'use' });
    expect(bench.of('notice').map(({ code }) => code)).toEqual(['quota', 'quota']);
    expect(bench.of('own')).toHaveLength(1);

    const none = new TeacherBench({ store: Promise.resolve(null) });
    await none.send(start);
    await none.until(() => none.state === 'done');
    expect(none.of('notice')).toEqual([expect.objectContaining({ code: 'no-storage' })]);
  });

  test('puts failures into words, and starts anew after them', async () => {
    const bench = new TeacherBench();
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

    const missing = new TeacherBench({ gpu: undefined });
    await missing.send(start);
    expect(missing.of('error')).toEqual([expect.objectContaining({ code: 'no-webgpu' })]);
  });
});

import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { parseSafetensors } from '../../../src/interchange/safetensors';
import { avatarPrompts } from '../../../src/tasks/avatars/attributes';
import type { ExportOrder } from '../../../src/worker/protocol/takeHome';
import { loadNodeRuntime } from '../../../src/cli/onnxRuntime';
import { Bench, start, watchedGpu } from './bench';

const order: ExportOrder = {
  ...{ id: 1, arm: 'both', weights: 'raw' },
  ...{ form: 'generator', batch: 'dynamic', precision: 'float32' },
};

/** Mean of the absolute differences of two lists of numbers. */
const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? NaN)), 0) / a.length;

/** One run with two-step students: the tests follow each other. */
describe('students as files', () => {
  const { gpu, devices } = watchedGpu();
  let isBroken = false;
  const lab = new Bench({
    gpu,
    onnx: () => (isBroken ? Promise.reject(new Error('404')) : loadNodeRuntime()),
  });
  const arms = [
    { id: 'both', name: 'CA + DM', config: { student: { steps: 2 }, critic: { updates: 1 } } },
  ];

  beforeEach(() => {
    lab.reports.length = 0;
  });
  afterAll(async () => {
    await lab.send({ type: 'stop' });
    for (const device of devices) device.destroy();
  });

  test('are written, agree with the engine, and are handed over', async () => {
    await lab.send(start('tiny', { batch: 2, arms }), { type: 'pause' });
    await lab.send({ type: 'export', ...order });
    const [file] = lab.of('exported');
    expect(file?.order).toMatchObject(order);
    expect(file?.verification).toMatchObject({ agrees: true, provider: 'wasm' });
    expect(file?.verification.maxDifference).toBeLessThan(1e-3);
    expect(file?.name).toMatch(/^student-ca-dm-\d+\.generator\.onnx$/);
    expect(file?.bytes?.byteLength).toBe(file?.byteLength);
  });

  test('draw by themselves what the student on the bench draws', async () => {
    const prompts = [[0, 0, 0, 0, 0, 0, 0, 0], avatarPrompts.nullPrompt];
    await lab.send({ type: 'sample', grid: { prompts, seed: 7, id: 9 } });
    const drawn = lab.of('samples').find(({ source }) => source === 'both');
    const teacher = lab.of('samples').find(({ source }) => source === 'teacherGuided');
    for (const form of ['generator', 'network'] as const) {
      await lab.send({ type: 'export', ...order, form }, { type: 'try', id: 3, prompts, seed: 7 });
      const tried = lab.of('tried').at(-1);
      expect(tried).toMatchObject({ id: 3, shape: drawn?.shape });
      // A generator clips what it draws to what can be shown.
      const wanted = drawn?.images.map((value) =>
        form === 'generator' ? Math.min(Math.max(value, -1), 1) : value,
      );
      expect(distance(tried?.images ?? [], wanted ?? [])).toBeLessThan(1e-5);
      expect(distance(tried?.teacherImages ?? [], teacher?.images ?? [])).toBeLessThan(1e-5);
      expect(tried?.milliseconds).toBeGreaterThan(0);
    }
  });

  test('are given as safetensors, too', async () => {
    await lab.send({ type: 'weights', arm: 'both', weights: 'raw' });
    const [file] = lab.of('weights');
    expect(parseSafetensors(file?.bytes ?? new Uint8Array()).metadata).toMatchObject({
      role: 'student',
      task: 'avatars',
    });
  });

  test('are refused in words where they cannot be had, and the run goes on', async () => {
    await lab.send(
      { type: 'export', ...order, batch: 0 },
      { type: 'try', id: 4, prompts: [avatarPrompts.nullPrompt], seed: 1 },
      { type: 'export', ...order, arm: 'nobody' },
    );
    isBroken = true;
    await lab.send({ type: 'export', ...order });
    const notices = lab.of('notice');
    expect(notices.map(({ code, command }) => [code, command])).toEqual([
      ['refused', 'export'],
      ['refused', 'try'],
      ['refused', 'export'],
      ['refused', 'export'],
    ]);
    expect(notices[0]?.message).toContain('batch must be a whole number');
    expect(notices[1]?.message).toContain('write one first');
    expect(notices[3]?.message).toContain('ONNX Runtime could not be loaded');
    expect(lab.of('error')).toEqual([]);
    await lab.send({ type: 'step' });
    await lab.until(() => lab.state === 'paused');
  });
});

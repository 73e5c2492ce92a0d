import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { LabConfigInput } from '../../../src/lab/config';
import { sha256 } from '../../../src/interchange/sha256';
import type { ForeignTeacherOrder } from '../../../src/worker/protocol/foreign';
import { foreignFile, foreignSpec } from '../../support/foreignFile';
import { Bench, GRID, SITE, start, watchedGpu } from './bench';

const LAB: LabConfigInput = {
  batch: 2,
  arms: [{ id: 'both', name: 'CA + DM', config: { critic: { updates: 1 } } }],
};

const file = foreignFile('noise');

const teacher: ForeignTeacherOrder = {
  id: 'mine',
  onnx: file.buffer,
  spec: foreignSpec('noise'),
  start: { width: 16, depth: 1, heads: 2, patch: 8, steps: 3, batch: 2 },
};

/** One visit with a teacher that was made elsewhere: the tests follow each other. */
describe('a teacher made elsewhere', () => {
  const { gpu, devices } = watchedGpu();
  const lab = new Bench({ gpu });
  let kept = '';
  let known = 0;

  beforeEach(() => {
    lab.reports.length = 0;
  });
  afterAll(async () => {
    await lab.send({ type: 'stop' });
    for (const device of devices) device.destroy();
  });

  test('is looked at before it is used, and tried as described', async () => {
    const look = { type: 'examine', id: 1, ...SITE, onnx: file.buffer } as const;
    await lab.send({ ...look, spec: null }, { ...look, id: 2, spec: teacher.spec });
    const [first, second] = lab.of('examined');
    expect(first).toMatchObject({ id: 1, checks: null, provider: 'wasm' });
    expect(first?.draft.spec.inputs).toEqual({ x: 'sample', t: 'timestep', condition: 'prompt' });
    expect(first?.draft.asked).toContain('time');
    // It was never trained, so nothing that it says fits; but it does react to prompts.
    expect(second?.checks?.warnings.join(' ')).toMatch(/fits nothing/);
    expect(second?.checks?.guidance).toBeGreaterThan(1e-3);
  });

  test('is refused in words, and nothing changes', async () => {
    const onnx = new TextEncoder().encode('no network').buffer;
    await lab.send({ type: 'examine', id: 3, ...SITE, onnx, spec: null });
    expect(lab.of('notice')).toMatchObject([{ code: 'refused', command: 'examine' }]);
    expect(lab.of('notice')[0]?.message).toContain('no ONNX file');
    expect(lab.of('state')).toEqual([]);
  });

  test('is imitated by its students, and teaches them', async () => {
    await lab.send({ ...start('mine', LAB), teacher });
    expect(lab.of('error')).toEqual([]);
    expect(lab.of('imitation').map(({ step, steps }) => [step, steps])).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    const [ready] = lab.of('ready');
    expect(ready?.arms).toHaveLength(1);
    await lab.until(() => lab.points('both').length >= 3);
    await lab.hold();
    expect(lab.points('both').every(({ caNorm }) => (caNorm ?? 0) > 0)).toBe(true);
    const pictures = lab.of('samples').find(({ source }) => source === 'teacherGuided');
    expect(pictures?.images.every(Number.isFinite)).toBe(true);
    await lab.send({ type: 'inspect', id: 1, arm: 'both', sample: 0, tau: 0.5 });
    expect(lab.of('inspection')[0]?.inspection.realCond.every(Number.isFinite)).toBe(true);
    await lab.send({ type: 'record' });
    const [report] = lab.of('record');
    expect(report?.record.teacher).toMatchObject({
      id: 'mine',
      sha256: await sha256(file.buffer),
      foreign: { spec: { prediction: 'noise' }, imitation: { steps: 3 } },
    });
    await lab.send({ type: 'checkpoint' });
    known = lab.of('saved').at(-1)?.iteration ?? 0;
    await lab.send({ type: 'list' });
    kept = lab.of('checkpoints').at(-1)?.kept[0]?.id ?? '';
    expect(kept).not.toBe('');
  });

  test('goes on with a kept run without imitating anew, if it is the same', async () => {
    const restore = {
      type: 'restore',
      ...SITE,
      judge: null,
      checkpoint: kept,
      grid: GRID,
    } as const;
    const other = { ...teacher, onnx: foreignFile('noise', 2).buffer };
    await lab.send({ ...restore, teacher: other });
    expect(lab.of('error')[0]?.message).toContain('another teacher (mine)');
    await lab.send({
      ...restore,
      teacher: { ...teacher, spec: { ...foreignSpec('noise'), prediction: 'clean' } },
    });
    expect(lab.of('error')[1]?.message).toContain('another description');
    lab.reports.length = 0;
    await lab.send({ ...restore, teacher });
    expect(lab.of('error')).toEqual([]);
    expect(lab.of('imitation')).toEqual([]);
    expect(lab.of('ready')[0]?.restored?.arms[0]?.figures.at(-1)?.iteration).toBe(known);
    await lab.until(() => lab.points('both').length >= 1);
    expect(lab.points('both')[0]?.iteration).toBe(known + 1);
    await lab.hold();
  });
});

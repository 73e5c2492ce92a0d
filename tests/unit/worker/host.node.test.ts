import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { readCheckpoint } from '../../../src/lab/checkpoint';
import type { ArmConfigInput } from '../../../src/lab/config';
import { avatarPrompts } from '../../../src/tasks/avatars/attributes';
import { Bench, LAB, SITE, start, watchedGpu, withAdapter } from './bench';

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** Learns so fast that its numbers overflow within a few iterations. */
const WILD: ArmConfigInput = {
  student: { learningRate: 1 },
  terms: { ca: { weight: 100 }, dm: { enabled: false } },
};

/** The second arm's configuration. */
const SPEAR: ArmConfigInput = { terms: { dm: { enabled: false } } };

/** Votes in the last checkpoint of that id. */
const keptVotes = ({ checkpoints }: Bench, id: string): number => {
  const file = checkpoints.files.get(id);
  return file ? readCheckpoint(file.bytes).record.votes.length : 0;
};

/** One visit: the tests follow each other, since every start compiles for seconds. */
describe('a visit', () => {
  const { gpu, devices } = watchedGpu();
  const lab = new Bench({ gpu });
  /** Iterations before the test, counted by the tests themselves. */
  let known = 0;
  /** Under which the run was kept. */
  let kept = '';

  beforeEach(() => {
    lab.reports.length = 0;
  });
  afterAll(async () => {
    await lab.send({ type: 'stop' });
    for (const device of devices) device.destroy();
  });

  test('starts badly: broken configuration, unreadable and missing teacher', async () => {
    const broken = { ...LAB, arms: [{ id: 'a', name: 'A', config: { guidanceScale: 0 } }] };
    await lab.send(start('tiny', broken));
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

  test('then prepares, draws every row, and trains its arms in step', async () => {
    await lab.send(start('tiny', LAB, { judge: { id: 'none', url: 'missing' } }));
    const stages = lab.of('progress').map(({ stage }) => stage);
    const expected = ['device', 'teacher', 'judge', 'measuring', 'compiling', 'sampling'];
    expect([...new Set(stages)]).toEqual(expected);
    // A classifier that cannot be had costs the measurements, not the run.
    expect(lab.of('notice')).toMatchObject([{ code: 'no-judge' }]);
    const [ready] = lab.of('ready');
    expect(ready?.adapter.name).not.toBe('');
    expect(ready?.parameterCount).toBeGreaterThan(10_000);
    expect(ready?.lab.batch).toBe(2);
    expect(ready?.arms.map(({ id, status }) => [id, status])).toEqual([
      ['both', 'training'],
      ['spear', 'training'],
    ]);
    expect(ready?.targets?.variance).toBeGreaterThan(0);
    const rows = lab.of('samples').slice(0, 5);
    expect(rows.map(({ source }) => source)).toEqual([
      ...['both', 'spear'],
      ...['teacherOneStep', 'teacherGuided', 'realImages'],
    ]);
    for (const { images, shape, orderId } of rows) {
      expect(shape).toEqual([2, 3, 16, 16]);
      expect(images).toHaveLength(2 * 3 * 256);
      expect(images.every(Number.isFinite)).toBe(true);
      expect(orderId).toBe(7);
    }
    // Before training every student is the teacher in one step.
    expect(rows[0]?.images).toEqual(rows[2]?.images);
    expect(rows[1]?.images).toEqual(rows[2]?.images);
    expect(rows[3]?.images).not.toEqual(rows[2]?.images);

    await lab.until(() => lab.points('both').length >= 4);
    await lab.hold();
    known = lab.points('both').length;
    for (const arm of ['both', 'spear']) {
      const counted = Array.from({ length: known }, (_, index) => index + 1);
      expect(lab.points(arm).map(({ iteration }) => iteration)).toEqual(counted);
    }
    // The same noise and prompts: the first iteration's pictures are the same.
    expect(lab.points('spear')[0]?.imageMean).toBe(lab.points('both')[0]?.imageMean);
    expect(lab.points('spear').map(({ dmNorm }) => dmNorm)).toEqual(Array(known).fill(null));
    const taus = lab.of('metrics').at(-1)?.arms['both']?.taus;
    expect(taus?.ca?.reduce((sum, count) => sum + count, 0)).toBe(2 * known);
    expect(lab.of('error')).toEqual([]);
  });

  test('keeps a held run', async () => {
    await lab.until(() => lab.checkpoints.files.size === 1);
    await lab.send({ type: 'list' });
    const [info] = lab.of('checkpoints').at(-1)?.kept ?? [];
    expect(info?.about).toBe(`2 arms, iteration ${known}`);
    kept = info?.id ?? '';
  });

  test('steps, and changes a switch in between', async () => {
    await lab.send({ type: 'step' });
    await lab.until(() => lab.state === 'paused' && lab.points('both').length === 1);
    const config = { terms: { dm: { enabled: false } } };
    await lab.send({ type: 'configureArm', arm: 'both', config }, { type: 'step' });
    await lab.until(() => lab.state === 'paused' && lab.points('both').length === 2);
    expect(lab.points('both').map(({ iteration }) => iteration)).toEqual([known + 1, known + 2]);
    expect(lab.points('both').map(({ dmNorm }) => dmNorm === null)).toEqual([false, true]);
    expect(lab.of('error')).toEqual([]);
  });

  test('adds a copy that goes on like its model, renames it, and removes it', async () => {
    await lab.send({ type: 'addArm', arm: { id: 'copy', name: 'A copy' }, like: 'spear' });
    await lab.send({
      type: 'configureArm',
      arm: 'copy',
      config: { terms: { dm: { enabled: false } } },
    });
    expect(lab.of('notice')).toEqual([]);
    const copy = lab.of('arms').at(-1)?.arms.at(-1);
    expect(copy).toMatchObject({ id: 'copy', name: 'A copy', iteration: known + 2 });
    await lab.send({ type: 'step' });
    await lab.until(() => lab.state === 'paused' && lab.points('copy').length === 1);
    expect(lab.points('copy')).toEqual(lab.points('spear'));
    await lab.send(
      { type: 'renameArm', arm: 'copy', name: 'Twin' },
      { type: 'removeArm', arm: 'copy' },
    );
    const names = lab.of('arms').map(({ arms }) => arms.at(-1)?.name);
    expect(names).toContain('Twin');
    expect(lab.of('arms').at(-1)?.arms).toHaveLength(2);
    expect(lab.of('notice')).toEqual([]);
  });

  test('steps the student alone and the critic alone, each an iteration of its own', async () => {
    const config = { critic: { updates: 1 } };
    await lab.send(
      { type: 'configureArm', arm: 'both', config },
      { type: 'step', solo: 'student' },
    );
    await lab.until(() => lab.state === 'paused' && lab.points('both').length === 1);
    await lab.send({ type: 'step', solo: 'critic' });
    await lab.until(() => lab.state === 'paused' && lab.points('both').length === 2);
    await lab.send({ type: 'step' });
    await lab.until(() => lab.state === 'paused' && lab.points('both').length === 3);
    const points = lab.points('both');
    expect(points.map(({ iteration }) => iteration - known)).toEqual([4, 5, 6]);
    expect(points.map(({ dmNorm }) => dmNorm === null)).toEqual([false, true, false]);
    expect(points.map(({ criticLoss }) => criticLoss === null)).toEqual([true, false, false]);
    // The arm without a critic keeps step.
    expect(lab.points('spear').map(({ iteration }) => iteration - known)).toEqual([4, 5, 6]);
    expect(lab.of('error')).toEqual([]);
  });

  test('draws other prompts and noise, in other numbers', async () => {
    await lab.send({
      type: 'sample',
      grid: { prompts: [avatarPrompts.nullPrompt], seed: 8, id: 8 },
    });
    // A held student's own picture may still come first; it is of the old noise.
    const rows = lab.of('samples').filter(({ orderId }) => orderId === 8);
    expect(rows.map(({ source }) => source).sort()).toEqual(
      [...['both', 'spear'], ...['teacherGuided', 'teacherOneStep', 'realImages']].sort(),
    );
    expect(rows.map(({ shape }) => shape[0])).toEqual([1, 1, 1, 1, 1]);
  });

  test('draws the teacher in as many steps as a student takes, once one takes several', async () => {
    const config = { student: { steps: 4 } };
    await lab.send({ type: 'configureArm', arm: 'spear', config: { ...SPEAR, ...config } });
    const [drawn, ...more] = lab.of('samples').filter(({ source }) => source !== 'spear');
    expect(drawn).toMatchObject({ source: 'teacherSteps:4', iteration: 0, orderId: 8 });
    expect(more).toEqual([]);
    await lab.send({ type: 'configureArm', arm: 'spear', config: SPEAR });
  });

  test('looks through the microscope', async () => {
    const order = { id: 5, arm: 'spear', sample: 0, tau: 0.25 };
    await lab.send({ type: 'inspect', ...order });
    const [report] = lab.of('inspection');
    expect(report?.order).toMatchObject(order);
    expect(report?.inspection.shape).toEqual([1, 3, 16, 16]);
    expect(report?.inspection.tau).toBe(0.25);
    expect(report?.inspection.gen).toEqual(
      lab.of('samples').findLast(({ source }) => source === 'spear')?.images ??
        report?.inspection.gen,
    );
    // This arm trains no critic.
    expect(report?.inspection.fakeCond).toBeNull();
    await lab.send({ type: 'inspect', ...order, sample: 99 });
    expect(lab.of('notice')).toMatchObject([{ code: 'refused', command: 'inspect', arm: 'spear' }]);
  });

  test('goes on after what is refused', async () => {
    await lab.send({ type: 'resume' });
    expect(lab.state).toBe('running');
    await lab.send(
      { type: 'configureArm', arm: 'both', config: { student: { steps: 9 } } },
      { type: 'addArm', arm: { id: 'both', name: 'Again' }, like: null },
      { type: 'removeArm', arm: 'nobody' },
    );
    expect(lab.of('notice').map(({ command, arm }) => [command, arm])).toEqual([
      ['configureArm', 'both'],
      ['addArm', 'both'],
      ['removeArm', 'nobody'],
    ]);
    expect(lab.of('notice')[0]?.message).toContain('student.steps');
    const { length } = lab.points('both');
    await lab.until(() => lab.points('both').length > length + 1);
    expect(lab.of('error')).toEqual([]);
    expect(lab.state).toBe('running');
  });

  test('tells its record', async () => {
    await lab.hold();
    await lab.send({ type: 'record' });
    const [report] = lab.of('record');
    expect(report?.record.arms.map(({ id }) => id)).toEqual(['both', 'spear']);
    expect(report?.record.teacher.id).toBe('tiny');
    expect(report?.record.arms[0]?.figures.length).toBeGreaterThan(known + 2);
  });

  test('takes votes down, also while it is held, and refuses those on nobody', async () => {
    const vote = { image: 0, ranking: ['both', 'spear'], tie: false };
    await lab.send({ type: 'vote', vote }, { type: 'vote', vote: { ...vote, tie: true } });
    expect(lab.of('votes').at(-1)?.votes).toEqual([vote, { ...vote, tie: true }]);
    await lab.send({ type: 'vote', vote: { ...vote, ranking: ['both', 'nobody'] } });
    expect(lab.of('notice')).toMatchObject([{ code: 'refused', command: 'vote' }]);
    await lab.send({ type: 'record' });
    expect(lab.of('record')[0]?.record.votes).toHaveLength(2);
    // No iteration has passed since the run was last kept; the votes are kept all the same, unasked.
    await lab.until(() => keptVotes(lab, kept) === 2);
    await lab.send({ type: 'checkpoint' });
    const saved = lab.of('saved').length;
    await lab.send({ type: 'checkpoint' });
    expect(lab.of('saved')).toHaveLength(saved);
  });

  test('says once that storage is full, and goes on', async () => {
    const before = lab.checkpoints.files.get(kept)?.bytes;
    lab.checkpoints.full = true;
    for (let times = 0; times < 2; times++) {
      const { length } = lab.points('both');
      await lab.send({ type: 'resume' });
      await lab.until(() => lab.points('both').length > length);
      await lab.hold();
      await lab.send({ type: 'checkpoint' });
    }
    lab.checkpoints.full = false;
    expect(lab.of('notice')).toMatchObject([{ code: 'quota' }]);
    expect(lab.of('error')).toEqual([]);
    // The last good one is still there.
    expect(lab.checkpoints.files.get(kept)?.bytes).toBe(before);
    await lab.send({ type: 'checkpoint' });
    expect(lab.of('saved')).toHaveLength(1);
  });

  test('loses the device, and is told so once', async () => {
    await lab.send({ type: 'resume' });
    expect(devices).toHaveLength(1);
    devices[0]?.destroy();
    await lab.until(() => lab.state === 'failed');
    await pause(400);
    expect(lab.of('error').map(({ code }) => code)).toEqual(['device-lost']);
    // What is kept is offered at once.
    expect(
      lab
        .of('checkpoints')
        .at(-1)
        ?.kept.map(({ id }) => id),
    ).toEqual([kept]);
  });

  test('goes on with the kept run on another device, where it was', async () => {
    const { grid } = start();
    const networks = { ...SITE, teacher: { id: 'tiny', url: 'tiny' }, judge: null };
    await lab.send({ type: 'restore', checkpoint: kept, ...networks, grid });
    expect(devices).toHaveLength(2);
    const [ready] = lab.of('ready');
    const figures = ready?.restored?.arms[0]?.figures ?? [];
    const last = figures.at(-1)?.iteration ?? 0;
    expect(last).toBeGreaterThan(known);
    expect(ready?.restored?.votes.map(({ tie }) => tie)).toEqual([false, true]);
    expect(ready?.arms.map(({ iteration }) => iteration)).toEqual([last, last]);
    await lab.until(() => lab.points('both').length > 0);
    expect(lab.points('both')[0]?.iteration).toBe(last + 1);
    await lab.hold();
  });

  test('halts an arm whose numbers end, while the others go on', async () => {
    await lab.send(
      { type: 'addArm', arm: { id: 'wild', name: 'Wild', config: WILD }, like: null },
      { type: 'resume' },
    );
    await lab.until(() => lab.of('arms').at(-1)?.arms.at(-1)?.status === 'halted');
    const wild = lab.of('arms').at(-1)?.arms.at(-1);
    expect(wild?.halt?.reason).not.toBe('');
    expect(wild?.halt?.advice).not.toBe('');
    const { length } = lab.points('both');
    await lab.until(() => lab.points('both').length > length + 2);
    expect(lab.state).toBe('running');
    for (const point of lab.points('wild')) {
      for (const value of Object.values(point)) {
        expect(value === null || Number.isFinite(value)).toBe(true);
      }
    }
    expect(lab.of('error')).toEqual([]);
    await lab.hold();
  });

  test('holds when every arm has halted', async () => {
    await lab.send({ type: 'removeArm', arm: 'both' }, { type: 'removeArm', arm: 'spear' });
    await lab.send({ type: 'resume' });
    await lab.until(() => lab.state === 'paused');
    expect(
      lab
        .of('arms')
        .at(-1)
        ?.arms.map(({ id }) => id),
    ).toEqual(['wild']);
  });

  test('ends in silence, and forgets the run', async () => {
    await lab.send({ type: 'stop' });
    expect(lab.state).toBe('idle');
    expect(lab.of('checkpoints').at(-1)?.kept).toEqual([]);
    const { length } = lab.reports;
    await lab.send({ type: 'pause' }, { type: 'step' }, { type: 'resume' });
    await pause(200);
    expect(lab.reports).toHaveLength(length);
  });

  test('cannot go on with a run that is gone', async () => {
    const networks = { ...SITE, teacher: { id: 'tiny', url: 'tiny' }, judge: null };
    await lab.send({ type: 'restore', checkpoint: kept, ...networks, grid: start().grid });
    expect(lab.of('error')).toMatchObject([{ code: 'checkpoint-unreadable' }]);
    expect(lab.state).toBe('failed');
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

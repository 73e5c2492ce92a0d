import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ArmConfigInput } from '../../../src/lab/config';
import { MixtureHost } from '../../../src/worker/mixture/host';
import type { MixtureCommand, MixtureReport } from '../../../src/worker/mixture/protocol';
import { CORNERS, randomMixture } from '../../support/mixtures';
import { watchedGpu } from './bench';

const PATIENCE = { timeout: 60_000, interval: 10 };

const LOOK = { tau: 0.5, arrows: 'grid', class: null } as const;

const start = (
  part: Partial<Extract<MixtureCommand, { type: 'start' }>> = {},
): Extract<MixtureCommand, { type: 'start' }> => ({
  type: 'start',
  mixture: CORNERS,
  config: {},
  batch: 8,
  seed: 1,
  look: LOOK,
  run: false,
  ...part,
});

const WILD: ArmConfigInput = {
  normalise: false,
  student: { learningRate: 1 },
  terms: { ca: { weight: 100 } },
};

/** A host on Dawn, and everything that it reported. */
class Page {
  readonly reports: MixtureReport[] = [];
  /** When each frame came. */
  readonly times: number[] = [];
  readonly host: MixtureHost;

  constructor(gpu: GPU | undefined) {
    const tuning = {
      load: () => Promise.resolve({ matmul: 'blocked', reduce: 'serial' }),
      save: () => Promise.resolve(),
    };
    this.host = new MixtureHost(
      (report) => {
        this.reports.push(report);
        if (report.type === 'frame') this.times.push(performance.now());
      },
      { gpu, tuning },
    );
  }

  of<Type extends MixtureReport['type']>(type: Type): Extract<MixtureReport, { type: Type }>[] {
    return this.reports.filter(
      (report): report is Extract<MixtureReport, { type: Type }> => report.type === type,
    );
  }

  get state() {
    return this.of('state').at(-1)?.state;
  }

  get frame() {
    return this.of('frame').at(-1)?.frame;
  }

  async send(...commands: readonly MixtureCommand[]): Promise<void> {
    for (const command of commands) this.host.handle(command);
    await this.host.settled();
  }

  until(condition: () => boolean): Promise<void> {
    return vi.waitFor(() => {
      if (!condition()) throw new Error(JSON.stringify(this.reports.slice(-3)).slice(0, 500));
    }, PATIENCE);
  }
}

/** One visit: the tests follow each other, since a first start compiles for seconds. */
describe('a visit to the mixtures', () => {
  const { gpu, devices } = watchedGpu();
  const page = new Page(gpu);

  beforeEach(() => {
    page.reports.length = 0;
    page.times.length = 0;
  });
  afterAll(async () => {
    await page.send({ type: 'stop' });
    for (const device of devices) device.destroy();
  });

  test('starts badly: a mixture and a configuration that are none', async () => {
    const broken = { ...CORNERS, classes: ['one', 'two', 'three'] };
    await page.send(start({ mixture: broken }));
    await page.send(start({ config: { guidanceScale: 0 } }));
    expect(page.of('error').map(({ code }) => code)).toEqual(['bad-config', 'bad-config']);
    expect(page.of('error')[0]?.message).toContain('a class has no component');
    expect(page.of('error')[1]?.message).toContain('guidanceScale');
    expect(page.state).toBe('failed');
  });

  test('then fits, compiles, and waits with a first frame', async () => {
    await page.send(start());
    const stages = page.of('progress').map(({ stage }) => stage);
    expect([...new Set(stages)]).toEqual(['device', 'measuring', 'fitting', 'compiling']);
    expect(page.of('state').map(({ state }) => state)).toEqual(['preparing', 'paused']);
    expect(page.of('ready')[0]?.memoryBytes).toBeGreaterThan(10_000);
    expect(page.of('frame')).toHaveLength(1);
    expect(page.frame?.figures).toMatchObject({ iteration: 0, caNorm: null });
    expect(page.frame?.iterationsPerSecond).toBe(0);
  });

  test('steps: one iteration, a frame, and the word that it is held', async () => {
    await page.send({ type: 'step' });
    await page.until(() => page.state === 'paused');
    expect(page.frame?.figures.iteration).toBe(1);
    expect(page.reports.at(-1)).toEqual({ type: 'state', state: 'paused' });
  });

  test('steps the critic alone, then the student alone, each an iteration', async () => {
    await page.send({ type: 'step', solo: 'critic' });
    await page.until(() => page.state === 'paused' && page.frame?.figures.iteration === 2);
    expect(page.frame?.figures).toMatchObject({ caNorm: null, dmNorm: null });
    expect(page.frame?.figures.criticLoss).toBeGreaterThan(0);
    await page.send({ type: 'step', solo: 'student' });
    await page.until(() => page.state === 'paused' && page.frame?.figures.iteration === 3);
    expect(page.frame?.figures.caNorm).toBeGreaterThan(0);
    expect(page.frame?.figures.criticLoss).toBeNull();
  });

  test('looks elsewhere while it is held; many looks are answered by the last', async () => {
    const looks = [0.1, 0.2, 0.3, 0.4].map((tau) => ({ ...LOOK, tau }));
    await page.send(...looks.map((look): MixtureCommand => ({ type: 'look', look })));
    await page.until(() => page.frame?.look.tau === 0.4);
    expect(page.of('frame').length).toBeLessThan(4);
    await page.send({ type: 'look', look: { tau: 0.4, arrows: 'samples', class: 1 } });
    await page.until(() => page.frame?.look.arrows === 'samples');
    expect(page.frame?.arrows.at).toHaveLength(512);
    expect(new Set(page.frame?.classes)).toEqual(new Set([1]));
    // A class that is not there is all of them.
    await page.send({ type: 'look', look: { ...LOOK, class: 7 } });
    await page.until(() => page.frame?.look.class === null);
    expect(page.frame?.figures.iteration).toBe(3);
  });

  test('runs, with at most fifteen frames a second, and pauses', async () => {
    await page.send({ type: 'run' });
    expect(page.state).toBe('running');
    await page.until(() => page.times.length >= 6);
    await page.send({ type: 'pause' });
    expect(page.reports.at(-1)).toEqual({ type: 'state', state: 'paused' });
    page.times.slice(1).forEach((time, index) => {
      // A timer may fire a millisecond early; a frame comes when its picture is there.
      expect(time - (page.times[index] ?? NaN)).toBeGreaterThan(20);
    });
    const span = (page.times.at(-1) ?? 0) - (page.times[0] ?? 0);
    expect(span / (page.times.length - 1)).toBeGreaterThan(1000 / 15 - 10);
    const iterations = page.of('frame').map(({ frame }) => frame.figures.iteration);
    expect(iterations).toEqual([...iterations].sort((a, b) => a - b));
    expect(page.of('frame').some(({ frame }) => frame.iterationsPerSecond > 0)).toBe(true);
    const held = page.reports.length;
    await new Promise((resolve) => {
      setTimeout(resolve, 150);
    });
    expect(page.reports).toHaveLength(held);
  });

  test('changes what trains; a refused change changes nothing', async () => {
    await page.send({ type: 'configure', config: { student: { steps: 99 } } });
    expect(page.of('notice')[0]?.message).toContain('student.steps');
    expect(page.of('error')).toEqual([]);
    const config = { terms: { dm: { enabled: false } } };
    await page.send({ type: 'configure', config }, { type: 'step' });
    await page.until(() => page.state === 'paused');
    expect(page.frame?.figures.dmNorm).toBeNull();
    expect(page.frame?.figures.caNorm).toBeGreaterThan(0);
  });

  test('halts with an explanation, and goes on when it is calmed', async () => {
    await page.send({ type: 'configure', config: WILD }, { type: 'run' });
    await page.until(() => page.state === 'paused');
    expect(page.of('notice')).toHaveLength(1);
    expect(page.of('notice')[0]?.advice).toContain('learning rate');
    expect(page.frame?.points.every(Number.isFinite)).toBe(true);
    page.reports.length = 0;
    await page.send({ type: 'run' });
    expect(page.of('notice')).toHaveLength(1);
    expect(page.of('state')).toEqual([]);
    await page.send({ type: 'configure', config: {} }, { type: 'step' });
    await page.until(() => page.state === 'paused');
    expect(page.of('notice')).toHaveLength(1);
    expect(page.of('error')).toEqual([]);
  });

  test('a start makes way for the next, and a stop for nothing', async () => {
    const other = randomMixture(5, 3);
    await page.send(start(), start(), start({ mixture: other, run: true }));
    expect(page.of('ready')).toHaveLength(1);
    expect(new Set(page.frame?.classes)).toEqual(new Set([0, 1, 2]));
    expect(page.state).toBe('running');
    await page.send(start(), { type: 'stop' });
    expect(page.of('ready')).toHaveLength(1);
    expect(page.state).toBe('idle');
    expect(page.of('error')).toEqual([]);
    const told = page.reports.length;
    await page.send({ type: 'run' }, { type: 'look', look: LOOK }, { type: 'step' });
    expect(page.reports).toHaveLength(told);
  });

  test('tells of a lost device once, and a new start has a new one', async () => {
    await page.send(start({ run: true }));
    devices.at(-1)?.destroy();
    await page.until(() => page.state === 'failed');
    await page.host.settled();
    expect(page.of('error').map(({ code }) => code)).toEqual(['device-lost']);
    await page.send(start());
    expect(page.state).toBe('paused');
    expect(page.of('error')).toHaveLength(1);
  });
});

test('says what is missing where there is no WebGPU', async () => {
  const page = new Page(undefined);
  await page.send(start());
  expect(page.of('error').map(({ code }) => code)).toEqual(['no-webgpu']);
  expect(page.state).toBe('failed');
});

import { afterAll, describe, expect, test } from 'vitest';
import type { MixtureReport } from '../../../src/worker/mixture/protocol';
import { MixtureHost } from '../../../src/worker/mixture/host';
import { CORNERS } from '../../support/mixtures';
import { Bench, LAB, start, watchedGpu, withAdapter } from './bench';

/** Counts the buffers of a device, and makes its next commands fail. */
const watch = (device: GPUDevice) => {
  const live = new Set<GPUBuffer>();
  const create = device.createBuffer.bind(device);
  device.createBuffer = (descriptor) => {
    const buffer = create(descriptor);
    const destroy = buffer.destroy.bind(buffer);
    buffer.destroy = () => {
      live.delete(buffer);
      destroy();
      return undefined;
    };
    live.add(buffer);
    return buffer;
  };
  const encode = device.createCommandEncoder.bind(device);
  return {
    live,
    /** From now on nothing can be submitted, though the device is there. */
    fail: () => {
      device.createCommandEncoder = () => {
        throw new Error('no more commands');
      };
    },
    mend: () => {
      device.createCommandEncoder = encode;
    },
  };
};

/** A GPU whose devices are watched from their beginning. */
const failingGpu = () => {
  const { gpu, devices } = watchedGpu();
  const watches: ReturnType<typeof watch>[] = [];
  const requestAdapter = async (options?: GPURequestAdapterOptions) => {
    const adapter = await gpu.requestAdapter(options);
    if (!adapter) return null;
    const requestDevice = adapter.requestDevice.bind(adapter);
    adapter.requestDevice = async (descriptor) => {
      const device = await requestDevice(descriptor);
      watches.push(watch(device));
      return device;
    };
    return adapter;
  };
  return { gpu: withAdapter(requestAdapter), devices, watches };
};

describe('a run that fails on a device that is still there', () => {
  const { gpu, devices, watches } = failingGpu();
  const lab = new Bench({ gpu });

  afterAll(() => {
    for (const device of devices) device.destroy();
  });

  test('frees its memory, and a new start leads on', async () => {
    await lab.send(start());
    await lab.until(() => lab.points('both').length >= 2);
    watches[0]?.fail();
    await lab.until(() => lab.state === 'failed');
    await lab.send({ type: 'list' });
    expect(lab.of('error')).toMatchObject([{ code: 'internal', message: 'no more commands' }]);
    expect(watches[0]?.live.size).toBe(0);

    watches[0]?.mend();
    lab.reports.length = 0;
    await lab.send(start());
    await lab.until(() => lab.points('both').length >= 1);
    expect(watches).toHaveLength(1);
    expect(lab.of('error')).toEqual([]);
    await lab.hold();
  });

  test('keeps what was changed while it was held', async () => {
    await lab.until(() => lab.of('saved').length > 0);
    const saved = lab.of('saved').length;
    await lab.send({ type: 'renameArm', arm: 'spear', name: 'Spear' }, { type: 'checkpoint' });
    expect(lab.of('saved')).toHaveLength(saved + 1);
    await lab.send({ type: 'checkpoint' });
    expect(lab.of('saved')).toHaveLength(saved + 1);
  });

  test('says what to do about an arm that is gone', async () => {
    await lab.send({ type: 'renameArm', arm: 'nobody', name: 'Nobody' });
    expect(lab.of('notice').at(-1)).toMatchObject({
      message: 'This lab has no arm "nobody".',
      advice: 'It was removed; choose another arm.',
    });
  });

  test('is refused in words where it is to be evaluated as nothing can be', async () => {
    const { evaluation } = start();
    await lab.send(start('tiny', LAB, { evaluation: { ...evaluation, samples: 0 } }));
    expect(lab.of('error').at(-1)).toMatchObject({ code: 'bad-config' });
    expect(lab.of('error').at(-1)?.message).toContain('samples');
    await lab.send({ type: 'stop' });
    expect(watches[0]?.live.size).toBe(0);
  });
});

describe('a plane that fails on a device that is still there', () => {
  const { gpu, devices, watches } = failingGpu();
  const reports: MixtureReport[] = [];
  /** Fails when the networks are fitted, and the first picture is due. */
  const host = new MixtureHost(
    (report) => {
      reports.push(report);
      if (report.type === 'ready') watches[0]?.fail();
    },
    {
      gpu,
      tuning: {
        load: () => Promise.resolve({ matmul: 'blocked', reduce: 'serial' }),
        save: () => Promise.resolve(),
      },
    },
  );
  const send = async (...commands: Parameters<typeof host.handle>[0][]): Promise<void> => {
    for (const command of commands) host.handle(command);
    await host.settled();
  };

  afterAll(() => {
    for (const device of devices) device.destroy();
  });

  test('frees its memory, and does nothing more', async () => {
    await send({
      ...{ type: 'start', mixture: CORNERS, config: {}, batch: 8, seed: 1, run: false },
      look: { tau: 0.5, arrows: 'grid', class: null },
    });
    expect(reports.at(-2)).toMatchObject({ type: 'error', message: 'no more commands' });
    const labels = [...(watches[0]?.live ?? [])].map(({ label }) => label);
    // The engine stays for the next start, with its settings and the temporaries of its programs.
    expect(labels.filter((label) => !['temporary', 'settings'].includes(label))).toEqual([]);
    const { length } = reports;
    await send({ type: 'run' }, { type: 'pause' }, { type: 'step' });
    expect(reports).toHaveLength(length);
  });
});

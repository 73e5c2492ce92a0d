import { vi } from 'vitest';
import { dawnGpu } from '../../../src/cli/dawn';
import { loadNodeRuntime } from '../../../src/cli/onnxRuntime';
import type { TuningStore } from '../../../src/gpu/tuning';
import { QuotaError, type CheckpointStore } from '../../../src/lab/checkpointStore';
import type { ArmId, LabConfigInput } from '../../../src/lab/config';
import { parseEvaluationOptions } from '../../../src/lab/evaluationOptions';
import { avatarPrompts } from '../../../src/tasks/avatars/attributes';
import { LabHost, type Surroundings } from '../../../src/worker/host';
import type { Command, StartCommand } from '../../../src/worker/protocol/commands';
import type { MetricsPoint, Report } from '../../../src/worker/protocol/reports';
import { tinyTeacherFile } from '../../support/tinyTeacher';

const PATIENCE = { timeout: 90_000, interval: 20 };

/** Two arms, as small as they get. */
export const LAB: LabConfigInput = {
  batch: 2,
  arms: [
    { id: 'both', name: 'CA + DM', config: { critic: { updates: 1 } } },
    { id: 'spear', name: 'CA only', config: { terms: { dm: { enabled: false } } } },
  ],
};

export const GRID = {
  prompts: [[0, 0, 0, 0, 0, 0, 0, 0], avatarPrompts.nullPrompt],
  seed: 7,
  id: 7,
};

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

/** The page that commands come from. */
export const SITE = { task: 'avatars', assets: 'https://example.org/' } as const;

/** A start with the teacher of that name, measuring nothing unless told to. */
export const start = (
  url = 'tiny',
  lab: LabConfigInput = LAB,
  part: Partial<StartCommand> = {},
): StartCommand => ({
  type: 'start',
  ...SITE,
  teacher: { id: url, url },
  judge: null,
  lab,
  grid: GRID,
  evaluation: parseEvaluationOptions({ every: 0, samples: 8 }),
  experiment: null,
  ...part,
});

/** Checkpoints in memory, which may be told to be full. */
export class MemoryStore implements CheckpointStore {
  readonly files = new Map<
    string,
    { bytes: Uint8Array<ArrayBuffer>; about: string; saved: string }
  >();
  full = false;

  save(id: string, bytes: Uint8Array<ArrayBuffer>, about = ''): Promise<void> {
    if (this.full) return Promise.reject(new QuotaError(bytes.length));
    this.files.set(id, { bytes, about, saved: new Date().toISOString() });
    return Promise.resolve();
  }

  load(id: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return Promise.resolve(this.files.get(id)?.bytes ?? null);
  }

  list() {
    const all = [...this.files].map(([id, { bytes, about, saved }]) => ({
      ...{ id, about, saved },
      bytes: bytes.length,
    }));
    return Promise.resolve(all.reverse());
  }

  remove(id: string): Promise<void> {
    this.files.delete(id);
    return Promise.resolve();
  }
}

/** A host with everything it reported, and ways to wait for reports. */
export class Bench {
  readonly reports: Report[] = [];
  readonly checkpoints = new MemoryStore();
  readonly host: LabHost;

  constructor(surroundings: Partial<Surroundings> = {}) {
    this.host = new LabHost((report) => this.reports.push(report), {
      gpu: dawnGpu(),
      tuning,
      checkpoints: this.checkpoints,
      fetchFile,
      onnx: loadNodeRuntime,
      ...surroundings,
    });
  }

  of<Type extends Report['type']>(type: Type): Extract<Report, { type: Type }>[] {
    return this.reports.filter((report) => report.type === type) as never;
  }

  get state(): string | undefined {
    return this.of('state').at(-1)?.state;
  }

  /** All figures of an arm, in the order of the reports. */
  points(arm: ArmId): MetricsPoint[] {
    return this.of('metrics').flatMap(({ arms }) => arms[arm]?.points ?? []);
  }

  async send(...commands: Command[]): Promise<void> {
    for (const command of commands) this.host.handle(command);
    await this.host.settled();
  }

  async until(condition: () => boolean): Promise<void> {
    await vi.waitFor(() => {
      if (!condition()) {
        const last = [...this.of('error'), ...this.of('notice')].at(-1)?.message ?? '';
        throw new Error(`still ${this.state ?? 'silent'}: ${last}`);
      }
    }, PATIENCE);
  }

  /** Pauses, and waits until the run is held. */
  async hold(): Promise<void> {
    await this.send({ type: 'pause' });
    await this.until(() => this.state === 'paused');
  }
}

/** Dawn with another way to get an adapter. */
export const withAdapter = (requestAdapter: GPU['requestAdapter']): GPU =>
  Object.assign(Object.create(dawnGpu()) as GPU, { requestAdapter });

/** Dawn, with a list of the devices that were made. */
export const watchedGpu = (): { gpu: GPU; devices: GPUDevice[] } => {
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

import { BufferPool } from '../gpu/bufferPool';
import type { Gpu } from '../gpu/gpu';
import { Pipelines } from '../gpu/pipelines';
import { Executable } from './executable';
import type { KernelChoice } from './kernel';
import { Memory } from './memory';
import { planProgram } from './plan/plan';
import type { ProgramSpec } from './plan/program';
import { SETTINGS_CAPACITY, SettingsLayout } from './plan/settings';
import { ELEMENT_BYTES } from './plan/slots';
import { Recording } from './recording';

/** Called with the number of pipelines ready and wanted. */
export type CompileProgress = (done: number, total: number) => void;

/** Plans, compiles and runs programs on one GPU. Whoever makes an engine destroys it. */
export class Engine {
  readonly gpu: Gpu;
  readonly choice: KernelChoice;
  readonly memory: Memory;
  readonly settings = new SettingsLayout();
  readonly settingsBuffer: GPUBuffer;
  readonly #pipelines: Pipelines;
  readonly #pool: BufferPool;
  readonly #executables = new Set<Executable>();

  constructor(gpu: Gpu, choice: KernelChoice) {
    this.gpu = gpu;
    this.choice = choice;
    this.memory = new Memory(gpu);
    this.#pipelines = Pipelines.of(gpu);
    this.#pool = new BufferPool(gpu);
    this.settingsBuffer = gpu.device.createBuffer({
      label: 'settings',
      size: SETTINGS_CAPACITY * ELEMENT_BYTES,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
  }

  /** Bytes held on the GPU: variables and temporaries. */
  get memoryBytes(): number {
    return this.memory.bytes + this.#pool.bytes;
  }

  /** Distinct pipelines compiled so far on this device. */
  get pipelineCount(): number {
    return this.#pipelines.size;
  }

  /**
   * Plans a program and compiles its pipelines in parallel. Throws PlanError or ShapeError for a
   * graph that cannot be planned, GpuError when the GPU refuses it or has no memory left.
   */
  async prepare(spec: ProgramSpec, onProgress?: CompileProgress): Promise<Executable> {
    const plan = planProgram(spec, this.choice, this.settings);
    let done = 0;
    const pipelines = await Promise.all(
      plan.dispatches.map(async (dispatch) => {
        const pipeline = await this.#pipelines.get(dispatch.kernel.source, dispatch.label);
        onProgress?.(++done, plan.dispatches.length);
        return pipeline;
      }),
    );
    let created: readonly GPUBuffer[] = [];
    try {
      return await this.gpu.checked(spec.name, () => {
        const lease = this.#pool.lease(plan.slots.slots);
        created = lease.created;
        const executable = new Executable(plan, pipelines, {
          gpu: this.gpu,
          memory: this.memory,
          settings: this.settingsBuffer,
          slots: lease.buffers,
          onDestroy: () => this.#executables.delete(executable),
        });
        this.#executables.add(executable);
        return executable;
      });
    } catch (error) {
      this.#pool.drop(created);
      throw error;
    }
  }

  /** Prepares several programs at once, with their progress as one; all of them or none. */
  async prepareAll(
    specs: readonly ProgramSpec[],
    onProgress?: CompileProgress,
  ): Promise<Executable[]> {
    const counts = specs.map(() => ({ done: 0, total: 0 }));
    const outcomes = await Promise.allSettled(
      specs.map((spec, index) =>
        this.prepare(spec, (done, total) => {
          counts[index] = { done, total };
          onProgress?.(
            counts.reduce((sum, count) => sum + count.done, 0),
            counts.reduce((sum, count) => sum + count.total, 0),
          );
        }),
      ),
    );
    const ready = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const failed = outcomes.find((one) => one.status === 'rejected');
    if (!failed) return ready;
    for (const program of ready) program.destroy();
    throw failed.reason;
  }

  /** Begins a submission: any number of program runs in one command buffer. */
  record(): Recording {
    return new Recording(this);
  }

  /** Frees every program, variable and temporary; the device stays. */
  destroy(): void {
    for (const executable of [...this.#executables]) executable.destroy();
    this.memory.destroy();
    this.#pool.destroy();
    this.settingsBuffer.destroy();
  }
}

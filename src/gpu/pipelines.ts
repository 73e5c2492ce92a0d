import { GpuError } from './errors';
import type { Gpu } from './gpu';

/** Of every device that is still in use. */
const known = new WeakMap<GPUDevice, Pipelines>();

/**
 * Compiles each WGSL text once and remembers the pipeline for as long as the device lives, so that a
 * second run on it compiles only what the first had no need of.
 */
export class Pipelines {
  readonly #device: GPUDevice;
  readonly #cache = new Map<string, Promise<GPUComputePipeline>>();

  private constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** Those of this device. */
  static of({ device }: Gpu): Pipelines {
    const pipelines = known.get(device) ?? new Pipelines(device);
    known.set(device, pipelines);
    return pipelines;
  }

  /** How many distinct pipelines have been asked for. */
  get size(): number {
    return this.#cache.size;
  }

  /**
   * The pipeline of a WGSL text with entry point `main`. Rejects with a GpuError `invalid` that
   * carries the compiler's message.
   */
  get(source: string, label: string): Promise<GPUComputePipeline> {
    let pipeline = this.#cache.get(source);
    if (!pipeline) {
      pipeline = this.#compile(source, label);
      this.#cache.set(source, pipeline);
      pipeline.catch(() => this.#cache.delete(source));
    }
    return pipeline;
  }

  async #compile(source: string, label: string): Promise<GPUComputePipeline> {
    this.#device.pushErrorScope('validation');
    const module = this.#device.createShaderModule({ code: source, label });
    const refusal = this.#device.popErrorScope().catch(() => null);
    try {
      return await this.#device.createComputePipelineAsync({
        label,
        layout: 'auto',
        compute: { module, entryPoint: 'main' },
      });
    } catch (error) {
      const compiler = await refusal;
      const message = compiler?.message ?? (error instanceof Error ? error.message : String(error));
      throw new GpuError('invalid', `${label}: ${message}`, 'Please report this.');
    }
  }
}

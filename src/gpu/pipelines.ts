import { GpuError } from './errors';
import type { Gpu } from './gpu';

/** Compiles each WGSL text once and remembers the pipeline. */
export class Pipelines {
  readonly #device: GPUDevice;
  readonly #cache = new Map<string, Promise<GPUComputePipeline>>();

  constructor(gpu: Gpu) {
    this.#device = gpu.device;
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

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

  /** The pipeline of a WGSL text with entry point `main`; rejects with the compiler's message. */
  get(source: string, label: string): Promise<GPUComputePipeline> {
    let pipeline = this.#cache.get(source);
    if (!pipeline) {
      const module = this.#device.createShaderModule({ code: source, label });
      pipeline = this.#device.createComputePipelineAsync({
        label,
        layout: 'auto',
        compute: { module, entryPoint: 'main' },
      });
      this.#cache.set(source, pipeline);
    }
    return pipeline;
  }
}

import type { Gpu } from './gpu';

/**
 * Temporary buffers shared by programs that never run at the same time. A program leases a list of
 * sizes and gets one buffer each; other programs may lease the same buffers.
 */
export class BufferPool {
  readonly #gpu: Gpu;
  #buffers: GPUBuffer[] = [];

  constructor(gpu: Gpu) {
    this.#gpu = gpu;
  }

  /** Bytes of all buffers. */
  get bytes(): number {
    return this.#buffers.reduce((sum, buffer) => sum + buffer.size, 0);
  }

  /** A distinct buffer for each size (bytes), reusing what is there; `created` are new. */
  lease(sizes: readonly number[]): { buffers: GPUBuffer[]; created: GPUBuffer[] } {
    const before = this.#buffers.length;
    const free = new Set(this.#buffers);
    const leased: GPUBuffer[] = new Array<GPUBuffer>(sizes.length);
    const largestFirst = sizes.map((_, index) => index).sort((a, b) => at(sizes, b) - at(sizes, a));
    for (const index of largestFirst) {
      const size = at(sizes, index);
      const fitting = [...free].filter((buffer) => buffer.size >= size);
      const best = fitting.sort((a, b) => a.size - b.size)[0] ?? this.#create(size);
      free.delete(best);
      leased[index] = best;
    }
    return { buffers: leased, created: this.#buffers.slice(before) };
  }

  /** Takes buffers out of the pool again; for those that the GPU had no memory for. */
  drop(buffers: readonly GPUBuffer[]): void {
    const dropped = new Set(buffers);
    for (const buffer of dropped) buffer.destroy();
    this.#buffers = this.#buffers.filter((buffer) => !dropped.has(buffer));
  }

  destroy(): void {
    for (const buffer of this.#buffers) buffer.destroy();
    this.#buffers = [];
  }

  #create(size: number): GPUBuffer {
    const buffer = this.#gpu.device.createBuffer({
      label: 'temporary',
      size,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
    });
    this.#buffers.push(buffer);
    return buffer;
  }
}

const at = (sizes: readonly number[], index: number): number => sizes[index] ?? 0;

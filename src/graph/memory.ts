import type { Gpu } from '../gpu/gpu';
import { ELEMENT_BYTES } from './plan/slots';
import { elementCount } from './shape';
import type { Variable } from './tensor';

/** Buffers are whole vectors of four: the kernels of other runtimes that share them read no less. */
const BLOCK_BYTES = 16;

/** Values of a tensor on the host. */
export type HostArray = Float32Array | Int32Array | Uint32Array;

/** The stretch of a buffer that holds a variable. */
export interface Place {
  readonly buffer: GPUBuffer;
  /** Bytes from the beginning of the buffer. */
  readonly offset: number;
  /** Bytes. */
  readonly size: number;
}

/** The GPU memory of variables: allocated (zeroed) on first use, freed on request. */
export class Memory {
  readonly #gpu: Gpu;
  readonly #buffers = new Map<Variable, GPUBuffer>();

  constructor(gpu: Gpu) {
    this.#gpu = gpu;
  }

  /** Bytes of all variables. */
  get bytes(): number {
    return [...this.#buffers.values()].reduce((sum, buffer) => sum + buffer.size, 0);
  }

  /** Where a variable lies. */
  place(variable: Variable): Place {
    const size = elementCount(variable.shape) * ELEMENT_BYTES;
    if (variable.window) {
      const { of, offset } = variable.window;
      const outer = this.place(of);
      return { buffer: outer.buffer, offset: outer.offset + offset * ELEMENT_BYTES, size };
    }
    let buffer = this.#buffers.get(variable);
    if (!buffer) {
      buffer = this.#gpu.device.createBuffer({
        label: variable.name,
        size: Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES,
        usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
      });
      this.#buffers.set(variable, buffer);
    }
    return { buffer, offset: 0, size };
  }

  /** Uploads values. Throws a RangeError when their number differs from the variable's. */
  write(variable: Variable, values: HostArray): void {
    const { buffer, offset, size } = this.place(variable);
    if (values.byteLength !== size) {
      throw new RangeError(
        `${variable.name} holds ${size / ELEMENT_BYTES} values, got ${values.length}.`,
      );
    }
    this.#gpu.device.queue.writeBuffer(
      buffer,
      offset,
      values.buffer,
      values.byteOffset,
      values.byteLength,
    );
  }

  /** Copies one variable onto another of the same size, on the GPU. */
  copy(from: Variable, to: Variable): void {
    const [source, target] = [this.place(from), this.place(to)];
    if (source.size !== target.size) throw new RangeError(`${from.name} does not fit ${to.name}.`);
    const encoder = this.#gpu.device.createCommandEncoder();
    encoder.copyBufferToBuffer(
      source.buffer,
      source.offset,
      target.buffer,
      target.offset,
      source.size,
    );
    this.#gpu.device.queue.submit([encoder.finish()]);
  }

  /** Downloads the values of an f32 variable. */
  async read(variable: Variable): Promise<Float32Array<ArrayBuffer>> {
    const encoder = this.#gpu.device.createCommandEncoder();
    const readback = this.stage(encoder, variable);
    this.#gpu.device.queue.submit([encoder.finish()]);
    return readback();
  }

  /** Records a copy of a variable; the returned function waits for the values after submission. */
  stage(encoder: GPUCommandEncoder, variable: Variable): () => Promise<Float32Array<ArrayBuffer>> {
    const { buffer, offset, size } = this.place(variable);
    const staging = this.#gpu.device.createBuffer({
      label: `read ${variable.name}`,
      size,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    encoder.copyBufferToBuffer(buffer, offset, staging, 0, size);
    return async () => {
      try {
        await staging.mapAsync(GPUMapMode.READ);
        return new Float32Array(staging.getMappedRange().slice(0));
      } finally {
        staging.destroy();
      }
    };
  }

  /** Frees variables; their contents are gone. */
  free(variables: Iterable<Variable>): void {
    for (const variable of variables) {
      this.#buffers.get(variable)?.destroy();
      this.#buffers.delete(variable);
    }
  }

  destroy(): void {
    this.free([...this.#buffers.keys()]);
  }
}

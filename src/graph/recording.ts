import type { Engine } from './engine';
import type { DispatchTimer, Executable } from './executable';
import type { HostArray } from './memory';
import { SETTINGS_CAPACITY } from './plan/settings';
import { ELEMENT_BYTES } from './plan/slots';
import type { Variable } from './tensor';

/** Scalars by name. A u32 setting (seeds, counters) is given as an integer. */
export type Settings = Readonly<Record<string, number | { readonly u32: number }>>;

interface Run {
  readonly program: Executable;
  readonly settings: Settings;
  readonly inputs: readonly (readonly [Variable, HostArray])[];
}

/**
 * Runs to be submitted together: one upload (settings and inputs of every run), one command buffer,
 * one submission. Readbacks are copies in the same command buffer and are awaited afterwards.
 */
export class Recording {
  readonly #engine: Engine;
  readonly #runs: Run[] = [];
  readonly #reads: Variable[] = [];

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Adds a run of a program with its scalars and the inputs to upload before it. */
  run(program: Executable, settings: Settings = {}, inputs: Run['inputs'] = []): this {
    this.#runs.push({ program, settings, inputs });
    return this;
  }

  /** Asks for the values of an f32 variable after all runs. */
  read(variable: Variable): this {
    this.#reads.push(variable);
    return this;
  }

  /** Submits; resolves to the values asked for, in order, without blocking later submissions. */
  submit(timer?: DispatchTimer): Promise<Float32Array<ArrayBuffer>[]> {
    const { gpu, memory, settingsBuffer } = this.#engine;
    const encoder = gpu.device.createCommandEncoder();
    const upload = this.#upload();
    let offset = 0;
    for (const { program, inputs } of this.#runs) {
      encoder.copyBufferToBuffer(upload, offset, settingsBuffer, 0, settingsBuffer.size);
      offset += settingsBuffer.size;
      for (const [variable, values] of inputs) {
        const target = memory.place(variable);
        encoder.copyBufferToBuffer(upload, offset, target.buffer, target.offset, values.byteLength);
        offset += values.byteLength;
      }
      program.encode(encoder, timer);
    }
    const readbacks = this.#reads.map((variable) => memory.stage(encoder, variable));
    gpu.device.queue.submit([encoder.finish()]);
    upload.destroy();
    return Promise.all(readbacks.map((readback) => readback()));
  }

  /** One buffer with the settings and inputs of every run, in the order of use. */
  #upload(): GPUBuffer {
    const words = this.#runs.reduce(
      (sum, { inputs }) =>
        sum + SETTINGS_CAPACITY + inputs.reduce((size, [, values]) => size + values.length, 0),
      0,
    );
    const buffer = this.#engine.gpu.device.createBuffer({
      label: 'upload',
      size: words * ELEMENT_BYTES,
      usage: GPUBufferUsage.COPY_SRC,
      mappedAtCreation: true,
    });
    const range = buffer.getMappedRange();
    let offset = 0;
    for (const { settings, inputs } of this.#runs) {
      this.#writeSettings(settings, range, offset);
      offset += SETTINGS_CAPACITY * ELEMENT_BYTES;
      for (const [variable, values] of inputs) {
        const { size } = this.#engine.memory.place(variable);
        if (values.byteLength !== size) {
          throw new RangeError(
            `${variable.name} takes ${size / ELEMENT_BYTES} values, got ${values.length}.`,
          );
        }
        new Uint8Array(range, offset, values.byteLength).set(
          new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
        );
        offset += values.byteLength;
      }
    }
    buffer.unmap();
    return buffer;
  }

  #writeSettings(settings: Settings, range: ArrayBuffer, offset: number): void {
    const floats = new Float32Array(range, offset, SETTINGS_CAPACITY);
    const integers = new Uint32Array(range, offset, SETTINGS_CAPACITY);
    for (const [name, value] of Object.entries(settings)) {
      const slot = this.#engine.settings.slotOf(name);
      if (typeof value === 'number') floats[slot] = value;
      else integers[slot] = value.u32;
    }
  }
}

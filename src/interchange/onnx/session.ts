import type * as Ort from 'onnxruntime-web';
import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { OnnxError } from './error';
import { reasonOf } from '../reason';

/** What we use of ONNX Runtime; its own loaders give it, so that nobody fetches it before it is needed. */
export type OnnxRuntime = Pick<typeof Ort, 'InferenceSession' | 'Tensor'>;

/** Gets ONNX Runtime: in Node from its package, in the page from our own site. */
export type LoadOnnxRuntime = () => Promise<OnnxRuntime>;

/** What computes: the GPU, or WebAssembly on the processor. */
export type OnnxProvider = 'webgpu' | 'wasm';

/** An input of a run. */
export type OnnxValue = {
  readonly shape: readonly number[];
} & (
  | { readonly type: 'float32'; readonly data: Float32Array }
  | { readonly type: 'int32'; readonly data: Int32Array }
  | { readonly type: 'int64'; readonly data: BigInt64Array }
);

/** Float values in memory of the device that a session shares; the buffer holds nothing else. */
export interface OnnxBuffer {
  readonly buffer: GPUBuffer;
  readonly shape: readonly number[];
}

/** An input or output as the file declares it. */
export interface OnnxPort {
  readonly name: string;
  /** `float32`, `int64`, ...; `other` for what is no tensor. */
  readonly type: string;
  /** Sizes, names of those that are left open; empty for a scalar, and where the file does not say. */
  readonly shape: readonly (number | string)[];
}

/** A file loaded by ONNX Runtime. Whoever opens it destroys it. */
export class OnnxSession {
  readonly provider: OnnxProvider;
  readonly #runtime: OnnxRuntime;
  readonly #session: InferenceSession;

  private constructor(runtime: OnnxRuntime, session: InferenceSession, provider: OnnxProvider) {
    this.#runtime = runtime;
    this.#session = session;
    this.provider = provider;
  }

  /**
   * Loads a file: on `device` where one is given and the runtime can use it, else on the processor.
   * Throws OnnxError when the runtime refuses the file.
   */
  static async open(
    file: Uint8Array<ArrayBuffer>,
    load: LoadOnnxRuntime,
    device?: GPUDevice,
  ): Promise<OnnxSession> {
    const runtime = await load().catch((error: unknown) => {
      throw new OnnxError(`ONNX Runtime could not be loaded: ${reasonOf(error)}.`, {
        cause: error,
      });
    });
    const open = (providers: InferenceSession.ExecutionProviderConfig[]) =>
      inTurn(runtime, () =>
        runtime.InferenceSession.create(file, {
          executionProviders: providers,
          // Errors only: that shapes are computed on the processor is no news.
          logSeverityLevel: 3,
        }),
      );
    if (device) {
      try {
        const session = await open([{ name: 'webgpu', device }]);
        return new OnnxSession(runtime, session, 'webgpu');
      } catch {
        // The processor runs every file that the runtime can read.
      }
    }
    try {
      return new OnnxSession(runtime, await open(['wasm']), 'wasm');
    } catch (error) {
      throw new OnnxError(`ONNX Runtime refuses the file: ${reasonOf(error)}`, { cause: error });
    }
  }

  get inputs(): OnnxPort[] {
    return this.#session.inputMetadata.map(portOf);
  }

  get outputs(): OnnxPort[] {
    return this.#session.outputMetadata.map(portOf);
  }

  /**
   * Runs the file once on the device that it shares, for one float output, which goes to `target`: work
   * submitted afterwards finds it there. Throws OnnxError when the runtime refuses.
   */
  async runTo(
    output: string,
    target: OnnxBuffer,
    inputs: Readonly<Record<string, OnnxValue | OnnxBuffer>>,
  ): Promise<void> {
    const inMemory = ({ buffer, shape }: OnnxBuffer): Tensor =>
      this.#runtime.Tensor.fromGpuBuffer(buffer, { dataType: 'float32', dims: shape });
    const feeds = Object.entries(inputs).map(([name, input]): [string, Tensor] => [
      name,
      'buffer' in input ? inMemory(input) : this.#tensor(input),
    ]);
    await inTurn(this.#runtime, () =>
      this.#session.run(Object.fromEntries(feeds), { [output]: inMemory(target) }),
    ).catch(refuseRun);
  }

  /**
   * Runs the file once; float outputs by name, all of them or those of `names`. Throws OnnxError when
   * the runtime refuses the inputs.
   */
  async run(
    inputs: Readonly<Record<string, OnnxValue>>,
    names: readonly string[] = this.#session.outputNames,
  ): Promise<Record<string, Float32Array<ArrayBuffer>>> {
    const feeds = Object.fromEntries(
      Object.entries(inputs).map(([name, input]): [string, Tensor] => [name, this.#tensor(input)]),
    );
    const results = await inTurn(this.#runtime, () => this.#session.run(feeds, names)).catch(
      refuseRun,
    );
    return Object.fromEntries(
      Object.entries(results).map(([name, { data }]) => {
        if (!(data instanceof Float32Array))
          throw new OnnxError(`The output ${name} is no float32.`);
        return [name, Float32Array.from(data)];
      }),
    );
  }

  async destroy(): Promise<void> {
    await inTurn(this.#runtime, () => this.#session.release());
  }

  #tensor({ type, data, shape }: OnnxValue): Tensor {
    return new this.#runtime.Tensor(type, data, shape);
  }
}

/** What each runtime is busy with. */
const turns = new WeakMap<OnnxRuntime, Promise<unknown>>();

/** One thing after another, whichever session it is for: the runtime's WebAssembly is not reentrant. */
const inTurn = <Result>(runtime: OnnxRuntime, work: () => Promise<Result>): Promise<Result> => {
  const turn = (turns.get(runtime) ?? Promise.resolve()).then(work);
  turns.set(
    runtime,
    turn.catch(() => undefined),
  );
  return turn;
};

const portOf = (value: InferenceSession.ValueMetadata): OnnxPort =>
  value.isTensor
    ? { name: value.name, type: value.type, shape: value.shape }
    : { name: value.name, type: 'other', shape: [] };

const refuseRun = (error: unknown): never => {
  throw new OnnxError(`ONNX Runtime cannot run the file: ${reasonOf(error)}`, { cause: error });
};

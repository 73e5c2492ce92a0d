import { median } from '../../gpu/tuning';
import type { Engine } from '../../graph/engine';
import type { Executable } from '../../graph/executable';
import type { HostArray } from '../../graph/memory';
import { variable, type Tensor, type Variable } from '../../graph/tensor';
import { checkOnnx } from '../../interchange/onnx/check';
import {
  OnnxSession,
  type LoadOnnxRuntime,
  type OnnxProvider,
  type OnnxValue,
} from '../../interchange/onnx/session';

/** What a file is run with. */
export interface VerifyRuntime {
  readonly engine: Engine;
  readonly load: LoadOnnxRuntime;
  /** ONNX Runtime computes on it where it can; left out, on the processor. */
  readonly device?: GPUDevice;
}

/** How a file and the engine compare on the same inputs. */
export interface Verification {
  /** What ONNX Runtime computed on. */
  readonly provider: OnnxProvider;
  /** Images a run. */
  readonly images: number;
  /** max |file - engine| over all values of all outputs. */
  readonly maxDifference: number;
  /** What it may be: `tolerance` of the options times the largest magnitude, or times 1 if that is less. */
  readonly allowed: number;
  readonly agrees: boolean;
  /** Median milliseconds an image, reading the result included. */
  readonly engineMs: number;
  readonly runtimeMs: number;
  /** The same as a sentence. */
  readonly verdict: string;
}

/** A graph, and how it and the file that was written of it are run. */
export interface Comparison {
  /** Outputs by their names in the file. */
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** What the engine's variables hold: parameters and inputs. */
  readonly held: readonly (readonly [Variable, HostArray])[];
  /** The file's inputs. */
  readonly inputs: Readonly<Record<string, OnnxValue>>;
  /** Applied to the engine's values where the file does more than the graph. */
  readonly finish?: (value: number) => number;
  readonly images: number;
  readonly tolerance: number;
}

/** Timed runs of each side, after one that is not timed. */
const TIMED_RUNS = 5;

/** Checks a file's structure, then loads it; the session is the caller's. Throws OnnxError. */
export const openChecked = (
  file: Uint8Array<ArrayBuffer>,
  { load, device }: Omit<VerifyRuntime, 'engine'>,
): Promise<OnnxSession> => {
  checkOnnx(file);
  return OnnxSession.open(file, load, device);
};

/** Checks and loads a file for as long as it is compared. Throws OnnxError and GpuError. */
export const compareWithEngine = async (
  { engine, ...runtime }: VerifyRuntime,
  file: Uint8Array<ArrayBuffer>,
  comparison: Comparison,
): Promise<Verification> => {
  const session = await openChecked(file, runtime);
  try {
    return await compareSession(engine, session, comparison);
  } finally {
    await session.destroy();
  }
};

/**
 * Runs a file that is loaded and the graph that it was written of on the same inputs. Throws OnnxError
 * and GpuError.
 */
export const compareSession = async (
  engine: Engine,
  session: OnnxSession,
  comparison: Comparison,
): Promise<Verification> => {
  const { images, tolerance, finish } = comparison;
  const expected = await runEngine(engine, comparison);
  const actual = await timed(() => session.run(comparison.inputs));
  let [maxDifference, largest] = [0, 1];
  for (const [index, name] of Object.keys(comparison.outputs).entries()) {
    const [values, wanted] = [actual.result[name], expected.result[index]];
    if (values?.length !== wanted?.length) maxDifference = Infinity;
    wanted?.forEach((raw, at) => {
      const value = finish ? finish(raw) : raw;
      // NaN on either side stays: it agrees with nothing.
      maxDifference = Math.max(maxDifference, Math.abs((values?.[at] ?? NaN) - value));
      largest = Math.max(largest, Math.abs(value));
    });
  }
  const allowed = tolerance * largest;
  const agrees = maxDifference <= allowed;
  const [engineMs, runtimeMs] = [expected.ms / images, actual.ms / images];
  const { provider } = session;
  const figures = { provider, images, maxDifference, allowed, agrees, engineMs, runtimeMs };
  return { ...figures, verdict: verdictOf(figures) };
};

const runEngine = async (engine: Engine, { outputs, held }: Comparison) => {
  const targets = Object.entries(outputs).map(([name, { shape }]) => variable(name, shape));
  let program: Executable | undefined;
  try {
    program = await engine.prepare({
      name: 'verify',
      exact: true,
      assign: Object.values(outputs).flatMap((value, index) => {
        const target = targets[index];
        return target ? [{ variable: target, value }] : [];
      }),
    });
    for (const [target, values] of held) engine.memory.write(target, values);
    const prepared = program;
    return await timed(() => {
      const recording = engine.record().run(prepared);
      for (const target of targets) recording.read(target);
      return recording.submit();
    });
  } finally {
    program?.destroy();
    engine.memory.free([...targets, ...held.map(([target]) => target)]);
  }
};

/** The result of a run, and the median time of further ones in milliseconds. */
const timed = async <Result>(
  run: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly ms: number }> => {
  const result = await run();
  const times: number[] = [];
  for (let count = 0; count < TIMED_RUNS; count++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return { result, ms: median(times) };
};

const PROVIDERS = { webgpu: 'on the GPU', wasm: 'on the processor' } as const;

const verdictOf = ({
  provider,
  images,
  maxDifference,
  allowed,
  agrees,
}: Omit<Verification, 'verdict'>): string => {
  const where = `ONNX Runtime ${PROVIDERS[provider]}, ${images === 1 ? 'one image' : `${images} images`}`;
  const difference = Number.isFinite(maxDifference)
    ? `the largest difference is ${maxDifference.toExponential(1)}`
    : 'values or their number are not what the engine gives';
  return agrees
    ? `The file agrees with the engine: ${difference}, ${allowed.toExponential(1)} is allowed (${where}).`
    : `The file does not agree with the engine: ${difference}, ${allowed.toExponential(1)} is allowed (${where}). Do not use it.`;
};

import type { Gpu } from '../../src/gpu/gpu';
import { Engine } from '../../src/graph/engine';
import type { Executable } from '../../src/graph/executable';
import type { KernelChoice } from '../../src/graph/kernel';
import { cpuChoice } from '../../src/graph/variants';
import type { HostArray } from '../../src/graph/memory';
import type { Settings } from '../../src/graph/recording';
import { elementCount, type Shape } from '../../src/graph/shape';
import { read, variable, type Tensor, type Variable } from '../../src/graph/tensor';

/** A graph input together with its values. */
export interface Fed {
  readonly tensor: Tensor;
  readonly variable: Variable;
  readonly data: HostArray;
}

/** What suits a software adapter; its size of subgroups stands for the one that the adapter has. */
export const SOFTWARE_CHOICE: KernelChoice = { matmul: 'lanes4', reduce: 'serial' };

/** Kernel choices that differ in how they sum, for tests that must pass under each. */
export const KERNEL_CHOICES: readonly KernelChoice[] = [
  SOFTWARE_CHOICE,
  { matmul: 'tiled', reduce: 'tree' },
];

/** The same for tests of products. */
export const PRODUCT_CHOICES: readonly KernelChoice[] = [
  ...KERNEL_CHOICES,
  { matmul: 'blocked', reduce: 'serial' },
];

/** An input of a graph under test; plain numbers become f32. */
export const feed = (shape: Shape, values: HostArray | readonly number[]): Fed => {
  const data = values instanceof Array ? Float32Array.from(values) : values;
  if (data.length !== elementCount(shape)) throw new RangeError(`feed: ${data.length} values`);
  const dtype =
    data instanceof Int32Array ? 'i32' : data instanceof Uint32Array ? 'u32' : ('f32' as const);
  const input = variable('input', shape, dtype);
  return { tensor: read(input), variable: input, data };
};

export interface EvaluateOptions {
  readonly choice?: KernelChoice;
  readonly settings?: Settings;
}

/** What a run of a graph gave, and the program that gave it. */
export interface Evaluation {
  readonly results: Float32Array[];
  readonly program: Executable;
}

const engines = new Map<Gpu, Map<string, Engine>>();

/** One engine per choice for a whole run, so that pipelines compile once. */
export const sharedEngine = (gpu: Gpu, asked: KernelChoice): Engine => {
  const choice = asked.matmul === 'lanes4' ? cpuChoice(gpu) : asked;
  const key = JSON.stringify(choice);
  const byChoice = engines.get(gpu) ?? new Map<string, Engine>();
  engines.set(gpu, byChoice);
  const engine = byChoice.get(key) ?? new Engine(gpu, choice);
  byChoice.set(key, engine);
  return engine;
};

/** Runs a graph once and returns its outputs together with the program. */
export const evaluateProgram = async (
  gpu: Gpu,
  outputs: readonly Tensor[],
  feeds: readonly Fed[],
  { choice = SOFTWARE_CHOICE, settings = {} }: EvaluateOptions = {},
): Promise<Evaluation> => {
  const engine = sharedEngine(gpu, choice);
  const results = outputs.map((tensor) => variable('result', tensor.shape, tensor.dtype));
  const program = await engine.prepare({
    name: 'test',
    assign: results.map((target, index) => ({
      variable: target,
      value: outputs[index] ?? feeds[0]?.tensor ?? (undefined as never),
    })),
  });
  const recording = engine.record().run(
    program,
    settings,
    feeds.map((fed) => [fed.variable, fed.data] as const),
  );
  for (const target of results) recording.read(target);
  const values = await recording.submit();
  program.destroy();
  engine.memory.free([...results, ...feeds.map((fed) => fed.variable)]);
  return { results: values, program };
};

/** Runs a graph once and returns its outputs. */
export const evaluate = async (
  gpu: Gpu,
  outputs: readonly Tensor[],
  feeds: readonly Fed[],
  options?: EvaluateOptions,
): Promise<Float32Array[]> => (await evaluateProgram(gpu, outputs, feeds, options)).results;

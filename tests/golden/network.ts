import type { Gpu } from '../../src/gpu/gpu';
import type { Engine } from '../../src/graph/engine';
import { gradients } from '../../src/graph/differentiate';
import type { Settings } from '../../src/graph/recording';
import { read, variable, type Tensor, type Variable } from '../../src/graph/tensor';
import {
  parseSafetensors,
  type SafetensorsFile,
  type SafetensorsTensor,
} from '../../src/interchange/safetensors';
import { ditConfigFromMetadata, type DitConfig } from '../../src/models/dit/config';
import { ditLayout } from '../../src/models/dit/parameters';
import {
  flattenParameters,
  ParameterSet,
  unflattenParameters,
  type ParameterLayout,
} from '../../src/models/parameters';
import { expectClose, type Tolerance } from '../support/compare';
import { readGolden } from '../support/files';
import { sharedEngine, SOFTWARE_CHOICE } from '../support/evaluate';

/** A golden file with the network it speaks of; every size is read from the file. */
export interface Golden {
  readonly engine: Engine;
  readonly config: DitConfig;
  readonly layout: ParameterLayout;
  readonly file: SafetensorsFile;
}

const ATTRIBUTE = /^(?:student\.)?attrEmbed\.(.+)\.weight$/;

/** The order of the columns of attribute ids, whatever order a writer gave the tensors. */
const ATTRIBUTES = 'background skin hairLength hairColor hat glasses clothing mouth'.split(' ');

/** Attributes with their number of values, told by the tables of a file. */
const attributesOf = (file: SafetensorsFile): Record<string, number> => {
  const found = new Map<string, number>();
  for (const { name, shape } of file.tensors.values()) {
    const attribute = ATTRIBUTE.exec(name)?.[1];
    if (attribute !== undefined) found.set(attribute, (shape[0] ?? 1) - 1);
  }
  const known = ATTRIBUTES.filter((name) => found.has(name));
  return Object.fromEntries(
    [...known, ...found.keys()].map((name) => [name, found.get(name) ?? 0]),
  );
};

/** The tensors of a golden file. Throws an error that names the file when it cannot be read. */
export const readGoldenFile = async (name: string): Promise<SafetensorsFile> => {
  const bytes = await readGolden(name).catch((cause: unknown) => {
    throw new Error(`the golden folder has no readable ${name}, which these tests need`, { cause });
  });
  return parseSafetensors(bytes);
};

/** Opens a golden file; `imagesIn` names a tensor (B, C, H, W) of it that tells the image size. */
export const openGolden = async (
  gpu: Gpu,
  name: string,
  imagesIn?: string,
  choice = SOFTWARE_CHOICE,
): Promise<Golden> => {
  const file = await readGoldenFile(name);
  const images = imagesIn === undefined ? undefined : file.tensors.get(imagesIn)?.shape.slice(1);
  const config = ditConfigFromMetadata(
    images ? { ...file.metadata, image: images.join('x') } : file.metadata,
    attributesOf(file),
  );
  const engine = sharedEngine(gpu, choice);
  return { engine, config, layout: ditLayout(config), file };
};

/** A tensor of a golden file. Throws when it is not there. */
export const goldenTensor = (file: SafetensorsFile, name: string): SafetensorsTensor => {
  const tensor = file.tensors.get(name);
  if (!tensor) throw new Error(`golden data lacks ${name}`);
  return tensor;
};

/** A golden tensor as a graph leaf, uploaded. */
export const goldenInput = ({ engine, file }: Golden, name: string): Tensor => {
  const { shape, data } = goldenTensor(file, name);
  return uploaded(engine, name, shape, data);
};

/** Golden attribute ids (B, A) as rows of the packed table. */
export const goldenRows = ({ engine, config }: Golden, ids: SafetensorsTensor): Tensor => {
  const sizes = Object.values(config.attributes).map((values) => values + 1);
  const offsets = sizes.map((_, index) => sizes.slice(0, index).reduce((sum, n) => sum + n, 0));
  const rows = Int32Array.from(ids.data, (id, index) => id + (offsets[index % sizes.length] ?? 0));
  return uploaded(engine, 'rows', ids.shape, rows);
};

/** Rows of the null prompt (B, A): "any" is the last row of every attribute. */
export const goldenNullRows = (golden: Golden, batch: number): Tensor => {
  const ids = Object.values(golden.config.attributes);
  const repeated = Int32Array.from(
    { length: batch * ids.length },
    (_, index) => ids[index % ids.length] ?? 0,
  );
  return goldenRows(golden, {
    name: 'null',
    shape: [batch, ids.length],
    dtype: 'I32',
    data: repeated,
  });
};

const uploaded = (
  engine: Engine,
  name: string,
  shape: readonly number[],
  data: Float32Array | Int32Array,
): Tensor => {
  const input = variable(name, shape, data instanceof Int32Array ? 'i32' : 'f32');
  engine.memory.write(input, data);
  return read(input);
};

/** The network whose tensors begin with `prefix`, uploaded. */
export const goldenParameters = (
  { engine, layout, file }: Golden,
  prefix: string,
  otherLayout = layout,
): ParameterSet => {
  const parameters = new ParameterSet(prefix || 'network', otherLayout);
  engine.memory.write(parameters.flat, flattenParameters(otherLayout, file.tensors, prefix));
  return parameters;
};

/** Runs a graph and returns the values of its outputs. */
export const compute = async (
  { engine }: Golden,
  outputs: readonly Tensor[],
  settings: Settings = {},
): Promise<Float32Array[]> => {
  const targets: Variable[] = outputs.map((tensor) => variable('result', tensor.shape));
  const program = await engine.prepare({
    name: 'golden',
    assign: targets.flatMap((target, index) => {
      const value = outputs[index];
      return value ? [{ variable: target, value }] : [];
    }),
  });
  const recording = engine.record().run(program, settings);
  for (const target of targets) recording.read(target);
  const values = await recording.submit();
  program.destroy();
  engine.memory.free(targets);
  return values;
};

/** What a gradient is of: f(parameters) = sum(from * seed), the seed held fixed. */
export interface GradientOf {
  readonly parameters: ParameterSet;
  readonly from: Tensor;
  readonly seed: Tensor;
  /** Parameters that `from` does not depend on. */
  readonly except?: RegExp;
}

/** Gradients of all parameters of a set but those of `except`, by checkpoint name. */
export const parameterGradients = async (
  golden: Golden,
  { parameters, from, seed, except }: GradientOf,
): Promise<Map<string, Float32Array>> => {
  const gradient = new ParameterSet('gradient', parameters.layout);
  const names = parameters.trainable().filter((name) => !except?.test(name));
  const values = gradients(
    [{ tensor: from, gradient: seed }],
    names.map((name) => parameters.tensor(name)),
  );
  const program = await golden.engine.prepare({
    name: 'golden gradient',
    assign: values.map((value, index) => ({
      variable: gradient.window(names[index] ?? ''),
      value,
    })),
  });
  const [flat] = await golden.engine.record().run(program).read(gradient.flat).submit();
  program.destroy();
  golden.engine.memory.free([gradient.flat]);
  const named = unflattenParameters(parameters.layout, flat ?? new Float32Array());
  return new Map(
    [...named].filter(([name]) => !except?.test(name)).map(([name, { data }]) => [name, data]),
  );
};

/** Compares with a golden tensor and prints maximum and relative error. */
export const expectGolden = (
  { file }: Golden,
  name: string,
  actual: ArrayLike<number> | undefined,
  tolerance: Tolerance,
): void => {
  const { maxError, relativeError } = expectClose(
    name,
    actual ?? [],
    goldenTensor(file, name).data,
    tolerance,
  );
  console.log(
    `${name}: max ${maxError.toExponential(1)}, relative ${relativeError.toExponential(1)}`,
  );
};

/** Compares gradients (or weights) with all tensors of a file that begin with `prefix`. */
export const expectAllGolden = (
  file: SafetensorsFile,
  prefix: string,
  actual: ReadonlyMap<string, Float32Array>,
  tolerance: Tolerance,
): void => {
  let worst = { name: 'none', maxError: 0, relativeError: 0 };
  let compared = 0;
  for (const { name, data } of file.tensors.values()) {
    if (!name.startsWith(prefix)) continue;
    const values = actual.get(name.slice(prefix.length));
    if (!values) throw new Error(`no value was computed for ${name}`);
    const difference = expectClose(name, values, data, tolerance);
    if (difference.relativeError >= worst.relativeError) worst = { name, ...difference };
    compared++;
  }
  if (compared === 0) throw new Error(`golden data has no ${prefix}*`);
  console.log(
    `${prefix}*: ${compared} tensors, worst ${worst.name}: max ${worst.maxError.toExponential(1)}, ` +
      `relative ${worst.relativeError.toExponential(1)}`,
  );
};

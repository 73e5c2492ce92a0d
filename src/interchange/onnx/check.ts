import { fromBinary } from '@bufbuild/protobuf';
import { OnnxError } from './error';
import { IR_VERSION, OPSET } from './model';
import { OPERATORS } from './operators';
import {
  ModelProtoSchema,
  TensorProto_DataLocation,
  TensorProto_DataType,
  type GraphProto,
  type ModelProto,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from './schema/onnx_pb';
import { reasonOf } from '../reason';

/** An input or output as a file declares it. */
export interface OnnxPort {
  readonly name: string;
  readonly type: 'float32' | 'int64';
  /** Sizes; a name stands for one that is left open. */
  readonly shape: readonly (number | string)[];
}

/** What a file is, for those who show it. */
export interface OnnxSummary {
  readonly inputs: readonly OnnxPort[];
  readonly outputs: readonly OnnxPort[];
  readonly nodes: number;
  /** Values of all stored tensors. */
  readonly values: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Bytes of a value by its type, a `TensorProto_DataType`; the schema declares such fields as int32. */
const BYTES: ReadonlyMap<number, number> = new Map<number, number>([
  [TensorProto_DataType.FLOAT, 4],
  [TensorProto_DataType.FLOAT16, 2],
  [TensorProto_DataType.INT64, 8],
]);

const PORT_TYPES: ReadonlyMap<number, OnnxPort['type']> = new Map<number, OnnxPort['type']>([
  [TensorProto_DataType.FLOAT, 'float32'],
  [TensorProto_DataType.INT64, 'int64'],
]);

/**
 * Reads a file as we write them and checks its structure: format and opset, names that occur once,
 * nodes that read only what is known before them, stored tensors of the size that they state, inputs and
 * outputs with type and shape. Throws OnnxError at the first fault.
 */
export const checkOnnx = (file: Uint8Array): OnnxSummary => {
  const model = parse(file);
  checkVersions(model);
  const { graph } = model;
  if (!graph) return fail('it has no graph');
  for (const message of [model, graph, ...graph.node]) {
    if (message.$unknown?.length) fail('it has fields that the format does not know');
  }
  checkNames(graph);
  const inputs = graph.input.map(portOf);
  const outputs = graph.output.map(portOf);
  if (outputs.length === 0) fail('the graph has no output');
  return {
    inputs,
    outputs,
    nodes: graph.node.length,
    values: graph.initializer.reduce((sum, tensor) => sum + checkTensor(tensor), 0),
    metadata: Object.fromEntries(model.metadataProps.map(({ key, value }) => [key, value])),
  };
};

const fail = (reason: string): never => {
  throw new OnnxError(`This is no ONNX file of ours: ${reason}. Export it again.`);
};

const parse = (file: Uint8Array): ModelProto => {
  try {
    return fromBinary(ModelProtoSchema, file);
  } catch (cause) {
    throw new OnnxError(
      `This is no ONNX file, or it is damaged: ${reasonOf(cause)}. Export it again.`,
      { cause },
    );
  }
};

const checkVersions = ({ irVersion, opsetImport }: ModelProto): void => {
  if (irVersion !== BigInt(IR_VERSION)) fail(`its format is ${irVersion}, not ${IR_VERSION}`);
  const [opset, ...others] = opsetImport;
  if (opset?.domain !== '' || opset.version !== BigInt(OPSET) || others.length > 0) {
    fail(`its operators are not those of opset ${OPSET}`);
  }
};

/** Every value is made once, before it is read. */
const checkNames = (graph: GraphProto): void => {
  const known = new Set<string>();
  const make = (name: string): void => {
    if (name === '') fail('a value has no name');
    if (known.has(name)) fail(`two values are called ${name}`);
    known.add(name);
  };
  for (const { name } of [...graph.input, ...graph.initializer]) make(name);
  const nodes = new Set<string>();
  for (const node of graph.node) {
    checkOperator(node);
    if (nodes.has(node.name)) fail(`two nodes are called ${node.name}`);
    nodes.add(node.name);
    for (const input of node.input) {
      if (!known.has(input)) fail(`${node.name} reads ${input}, which nothing before it makes`);
    }
    node.output.forEach(make);
  }
  for (const { name } of [...graph.output, ...graph.valueInfo]) {
    if (!known.has(name)) fail(`nothing makes ${name}`);
  }
};

const checkOperator = ({ name, opType, domain, input, output }: NodeProto): void => {
  const [few, many] = OPERATORS.get(opType) ?? fail(`${name} is of an unknown operator, ${opType}`);
  if (domain !== '') fail(`${name} is of an unknown set of operators, ${domain}`);
  if (input.length < few || input.length > many) {
    fail(`${name} has ${input.length} inputs, which ${opType} does not take`);
  }
  if (output.length !== 1) fail(`${name} has ${output.length} outputs, and must have one`);
};

/** Number of values of a stored tensor. */
const checkTensor = ({ name, dims, dataType, rawData, dataLocation }: TensorProto): number => {
  if (dataLocation !== TensorProto_DataLocation.DEFAULT) fail(`${name} lies in another file`);
  const bytes = BYTES.get(dataType) ?? fail(`${name} is of an unknown type, ${dataType}`);
  if (dims.some((size) => size < 1n)) fail(`${name} has a size below 1`);
  const count = Number(dims.reduce((product, size) => product * size, 1n));
  if (rawData.length !== count * bytes) {
    fail(`${name} needs ${count * bytes} bytes and has ${rawData.length}`);
  }
  return count;
};

const portOf = ({ name, type }: ValueInfoProto): OnnxPort => {
  if (type?.value.case !== 'tensorType') return fail(`${name} has no type`);
  const { elemType, shape } = type.value.value;
  if (!shape) return fail(`${name} has no shape`);
  return {
    name,
    type: PORT_TYPES.get(elemType) ?? fail(`${name} is neither float32 nor int64`),
    shape: shape.dim.map(({ value }) => {
      if (value.case === 'dimParam' && value.value !== '') return value.value;
      if (value.case === 'dimValue' && value.value > 0n) return Number(value.value);
      return fail(`${name} has a size that is not stated`);
    }),
  };
};

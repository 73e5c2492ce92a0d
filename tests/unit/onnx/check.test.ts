import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { describe, expect, test } from 'vitest';
import { checkOnnx } from '../../../src/interchange/onnx/check';
import { OnnxError } from '../../../src/interchange/onnx/error';
import {
  ModelProtoSchema,
  NodeProtoSchema,
  TensorProto_DataLocation,
  type GraphProto,
  type ModelProto,
} from '../../../src/interchange/onnx/schema/onnx_pb';
import { studentOnnx } from '../../../src/lab/onnx/studentOnnx';
import { ditLayout } from '../../../src/models/dit/parameters';
import { avatarTask } from '../../../src/tasks/avatars/task';
import { TINY } from '../../support/tinyTeacher';
import { tinyStudent } from '../../support/tinyStudent';

const file = studentOnnx(tinyStudent(2), {
  form: 'generator',
  batch: 'dynamic',
  precision: 'float16',
});

/** The file after a change to its messages. */
const changed = (change: (model: ModelProto, graph: GraphProto) => void): Uint8Array => {
  const model = fromBinary(ModelProtoSchema, file);
  if (!model.graph) throw new Error('no graph');
  change(model, model.graph);
  return toBinary(ModelProtoSchema, model);
};

describe('a checked file', () => {
  const summary = checkOnnx(file);
  const model = fromBinary(ModelProtoSchema, file);

  test('says what goes in and out', () => {
    expect(summary.inputs).toEqual([
      { name: 'noise', type: 'float32', shape: [2, 'batch', 3, 16, 16] },
      { name: 'prompt', type: 'int64', shape: ['batch', 8] },
    ]);
    expect(summary.outputs).toEqual([
      { name: 'image', type: 'float32', shape: ['batch', 3, 16, 16] },
    ]);
    expect(summary.nodes).toBe(model.graph?.node.length);
  });

  test('carries what one has to know of the student', () => {
    const { prompts, config, times, ...rest } = summary.metadata;
    expect(rest).toMatchObject({
      task: 'avatars',
      form: 'generator',
      steps: '2',
      seed: '5',
      iteration: '7',
      weights: 'raw',
      licence: 'MIT',
      precision: 'float16',
      width: '32',
    });
    expect(JSON.parse(times ?? '')).toEqual([0, 0.5]);
    expect(JSON.parse(config ?? '')).toEqual(tinyStudent(2).config);
    expect(JSON.parse(prompts ?? '')).toMatchObject(
      avatarTask.prompts.attributes.map(({ name, values }) => ({
        name,
        values: values.map((value) => value.name),
      })),
    );
  });

  test('holds every parameter once, under its name and in its shape', () => {
    const stored = new Map(
      model.graph?.initializer.map(({ name, dims }) => [name, dims.map(Number)]),
    );
    for (const [name, { shape }] of ditLayout(TINY).entries)
      expect(stored.get(name)).toEqual(shape);
  });

  test('is whole in whatever way it is written', () => {
    expect(toBinary(ModelProtoSchema, model)).toEqual(file);
  });
});

describe('refused is a file', () => {
  const firstNode = ({ node }: GraphProto) => node[0] ?? create(NodeProtoSchema);
  const cases: [string, Uint8Array, string][] = [
    ['of nothing', new Uint8Array(), 'its format is 0, not 8'],
    [
      'of text',
      new TextEncoder().encode('{"not": "onnx"}'),
      'This is no ONNX file, or it is damaged',
    ],
    ['that is cut off', file.subarray(0, 5000), 'This is no ONNX file, or it is damaged'],
    [
      'of another opset',
      changed(({ opsetImport: [opset] }) => opset && (opset.version = 99n)),
      'opset 17',
    ],
    ['without a graph', changed((model) => delete model.graph), 'it has no graph'],
    [
      'with a name twice',
      changed((_, { initializer: [a, b] }) => a && b && (b.name = a.name)),
      'two values are called constant',
    ],
    ['that reads ahead', changed((_, { node }) => node.reverse()), 'which nothing before it makes'],
    [
      'with an unknown operator',
      changed((_, graph) => (firstNode(graph).opType = 'Frobnicate')),
      'prompt/Less is of an unknown operator, Frobnicate',
    ],
    [
      'with an operator of others',
      changed((_, graph) => (firstNode(graph).domain = 'com.example')),
      'unknown set of operators, com.example',
    ],
    [
      'with an input too many',
      changed((_, graph) => firstNode(graph).input.push('prompt')),
      'prompt/Less has 3 inputs, which Less does not take',
    ],
    [
      'with a tensor of another size',
      changed((_, { initializer: [a] }) => a?.dims.push(2n)),
      'bytes and has',
    ],
    [
      'with weights elsewhere',
      changed(
        (_, { initializer: [a] }) => a && (a.dataLocation = TensorProto_DataLocation.EXTERNAL),
      ),
      'constant lies in another file',
    ],
    ['without an output', changed((_, graph) => (graph.output = [])), 'the graph has no output'],
    ['whose input has no type', changed((_, { input: [a] }) => delete a?.type), 'has no type'],
  ];
  for (const [what, bytes, message] of cases) {
    test(what, () => {
      expect(() => checkOnnx(bytes)).toThrow(OnnxError);
      expect(() => checkOnnx(bytes)).toThrow(message);
    });
  }

  test('with weights that float16 cannot hold, before it is written', () => {
    const student = tinyStudent();
    const flat = student.flat.map((value) => 1e6 * value);
    const write = (precision: 'float16' | 'float32') =>
      studentOnnx({ ...student, flat }, { form: 'network', batch: 1, precision });
    expect(() => write('float16')).toThrow('float16 ends at 65504; write the weights as float32');
    expect(() => write('float32')).not.toThrow();
  });

  for (const batch of [0, 1.5, 4097]) {
    test(`for a batch of ${batch}, before it is written`, () => {
      expect(() =>
        studentOnnx(tinyStudent(), { form: 'network', batch, precision: 'float32' }),
      ).toThrow('The batch must be a whole number from 1 to 4096, or dynamic');
    });
  }
});

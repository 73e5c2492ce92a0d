import { create, toBinary, type MessageInitShape } from '@bufbuild/protobuf';
import { describe, expect, test } from 'vitest';
import { loadNodeRuntime } from '../../../../src/cli/onnxRuntime';
import { valueInfo } from '../../../../src/interchange/onnx/model';
import {
  ModelProtoSchema,
  TensorProto_DataLocation,
  TensorProto_DataType,
  type NodeProtoSchema,
  type TensorProtoSchema,
} from '../../../../src/interchange/onnx/schema/onnx_pb';
import { openForeignSession } from '../../../../src/lab/foreign/session';

const node = (parts: MessageInitShape<typeof NodeProtoSchema>) => [
  { name: 'n', input: ['x'], output: ['y'], ...parts },
];

interface Changes {
  readonly opset?: bigint;
  readonly format?: bigint;
  readonly weights?: MessageInitShape<typeof TensorProtoSchema>;
}

/** The least file that is valid, with changes that are not. */
const model = (
  nodes: ReturnType<typeof node>,
  { opset = 17n, format = 8n, weights }: Changes = {},
): Uint8Array<ArrayBuffer> =>
  toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: format,
      opsetImport: [{ domain: '', version: opset }],
      graph: {
        name: 'g',
        node: nodes,
        input: [valueInfo('x', 'float32', [1])],
        output: [valueInfo('y', 'float32', [1])],
        initializer: weights ? [weights] : [],
      },
    }),
  );

const identity = node({ opType: 'Identity' });
const elsewhere = {
  name: 'w',
  dataType: TensorProto_DataType.FLOAT,
  dims: [1n],
  dataLocation: TensorProto_DataLocation.EXTERNAL,
  externalData: [{ key: 'location', value: 'w.bin' }],
};

const HOSTILE: Record<string, [Uint8Array<ArrayBuffer>, string]> = {
  nothing: [new Uint8Array(), 'This is no ONNX file'],
  text: [new TextEncoder().encode('no network at all'), 'This is no ONNX file'],
  'half a file': [model(identity).slice(0, 20), 'only a part of one'],
  'a newer opset': [model(identity, { opset: 99n }), 'of opset 99'],
  'a newer format': [model(identity, { format: 99n }), 'of ONNX format 99'],
  'an unknown operator': [model(node({ opType: 'Frobnicate' })), 'does not know “Frobnicate”'],
  'operators of its own': [
    model(node({ opType: 'Mystery', domain: 'my.ops' })),
    'does not know “my.ops”',
  ],
  'weights elsewhere': [
    model(node({ opType: 'Add', input: ['x', 'w'] }), { weights: elsewhere }),
    'keeps its weights in a second file',
  ],
};

describe('a file that cannot be run', () => {
  for (const [what, [bytes, words]] of Object.entries(HOSTILE)) {
    test(`is refused in words: ${what}`, async () => {
      await expect(openForeignSession(bytes.buffer, loadNodeRuntime)).rejects.toThrow(words);
    });
  }

  test('is not even read when it is too large', async () => {
    const huge = { byteLength: 3e9 } as ArrayBuffer;
    await expect(openForeignSession(huge, loadNodeRuntime)).rejects.toThrow('3.0 GB');
  });

  test('but a good one is', async () => {
    const session = await openForeignSession(model(identity).buffer, loadNodeRuntime);
    expect(session.inputs).toEqual([{ name: 'x', type: 'float32', shape: [1] }]);
    await session.destroy();
  });
});

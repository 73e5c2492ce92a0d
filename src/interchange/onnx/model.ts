import { create, toBinary, type MessageInitShape } from '@bufbuild/protobuf';
import type { OnnxAttribute } from '../../graph/onnx';
import {
  AttributeProto_AttributeType,
  GraphProtoSchema,
  ModelProtoSchema,
  TensorProto_DataType,
  type AttributeProtoSchema,
  type NodeProtoSchema,
  type TensorProtoSchema,
  type ValueInfoProtoSchema,
} from './schema/onnx_pb';

/** Version of the operators that files are written with: the first that has LayerNormalization. */
export const OPSET = 17;
/** Version of the format itself: that of ONNX 1.12, the first with opset 17. */
export const IR_VERSION = 8;

/** Messages of a graph, as they are put together. */
export type NodeInit = MessageInitShape<typeof NodeProtoSchema>;
export type TensorInit = MessageInitShape<typeof TensorProtoSchema>;
export type ValueInit = MessageInitShape<typeof ValueInfoProtoSchema>;

/** Element types that files use. */
export type OnnxType = 'float32' | 'float16' | 'int64';

const DATA_TYPES = {
  float32: TensorProto_DataType.FLOAT,
  float16: TensorProto_DataType.FLOAT16,
  int64: TensorProto_DataType.INT64,
} as const;

/** The number that the format gives an element type. */
export const dataType = (type: OnnxType): TensorProto_DataType => DATA_TYPES[type];

/** A size, or the name of one that the file leaves open. */
export type Dimension = number | string;

/** An attribute of a node. */
export const attribute = (
  name: string,
  value: OnnxAttribute,
): MessageInitShape<typeof AttributeProtoSchema> => {
  if (typeof value === 'number') {
    return { name, type: AttributeProto_AttributeType.INT, i: BigInt(value) };
  }
  if ('float' in value) {
    return { name, type: AttributeProto_AttributeType.FLOAT, f: value.float };
  }
  return { name, type: AttributeProto_AttributeType.INTS, ints: value.map(BigInt) };
};

/** A tensor with its bytes: little-endian, as every WebGPU host is. */
export const tensor = (
  name: string,
  type: OnnxType,
  shape: readonly number[],
  data: ArrayBufferView<ArrayBuffer>,
): TensorInit => ({
  name,
  dataType: dataType(type),
  dims: shape.map(BigInt),
  rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
});

/** Name, type and shape of a value, with what it means. */
export const valueInfo = (
  name: string,
  type: OnnxType,
  shape: readonly Dimension[],
  docString = '',
): ValueInit => ({
  name,
  type: {
    value: {
      case: 'tensorType',
      value: {
        elemType: dataType(type),
        shape: {
          dim: shape.map((size) => ({
            value:
              typeof size === 'string'
                ? { case: 'dimParam', value: size }
                : { case: 'dimValue', value: BigInt(size) },
          })),
        },
      },
    },
  },
  ...(docString && { docString }),
});

/** What a file says of itself. */
export interface OnnxAbout {
  /** Name of the graph. */
  readonly name: string;
  readonly description: string;
  /** Version of the program that writes it. */
  readonly version: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A graph as the bytes of a file. */
export const writeModel = (
  graph: MessageInitShape<typeof GraphProtoSchema>,
  { name, description, version, metadata }: OnnxAbout,
): Uint8Array<ArrayBuffer> =>
  toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: BigInt(IR_VERSION),
      opsetImport: [{ domain: '', version: BigInt(OPSET) }],
      producerName: 'Spear & Shield',
      producerVersion: version,
      docString: description,
      graph: create(GraphProtoSchema, { ...graph, name, docString: description }),
      metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    }),
  );

import { z } from 'zod';
import { bfloat16ToNumber, float16ToNumber } from './halfFloat';

/**
 * The safetensors format: u64 length of the header, the header (JSON: name to dtype, shape and
 * byte range), the tensors' bytes without gaps. All little-endian, as every WebGPU host is.
 *
 * A file may come from anywhere, so nothing of it is believed: everything is checked against the
 * size of the buffer before a tensor is made.
 */

/** A file that is not what it claims to be, or a tensor that cannot be written. */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError';
}

interface TensorHead {
  readonly name: string;
  /** Sizes of the dimensions, outermost first; empty for a scalar. */
  readonly shape: readonly number[];
}

/** A tensor in memory; `data` is row-major and holds the product of `shape` values. */
export type SafetensorsTensor = TensorHead &
  (
    | { readonly dtype: 'F32'; readonly data: Float32Array<ArrayBuffer> }
    | { readonly dtype: 'I32'; readonly data: Int32Array<ArrayBuffer> }
  );

export interface SafetensorsFile {
  readonly metadata: Readonly<Record<string, string>>;
  /** Tensors by name, in the order of their bytes. */
  readonly tensors: ReadonlyMap<string, SafetensorsTensor>;
}

/** What is written of a tensor; its type follows from that of `data`. */
export type WritableTensor = TensorHead & { readonly data: Float32Array | Int32Array };

const LENGTH_BYTES = 8;
const ALIGNMENT = 8;
/** A thousand times what our largest files need; parsing a header takes many times its size. */
const MAX_HEADER_BYTES = 8 * 2 ** 20;
const MAX_TENSORS = 10_000;
const MAX_RANK = 16;
/** Letters of a message, in which a file's own names may occur. */
const MAX_MESSAGE = 400;
const METADATA_KEY = '__metadata__';
const BYTES_PER_VALUE = { F32: 4, I32: 4, F16: 2, BF16: 2 } as const;

type StoredDtype = keyof typeof BYTES_PER_VALUE;

const metadataSchema = z.record(z.string(), z.string());
const size = z.int().nonnegative();
const entrySchema = z.strictObject({
  dtype: z.string(),
  shape: z.array(size).max(MAX_RANK),
  data_offsets: z.tuple([size, size]),
});

/** One checked line of the header; offsets count from the end of the header. */
interface Entry extends TensorHead {
  readonly dtype: StoredDtype;
  readonly begin: number;
  readonly end: number;
}

/**
 * Reads a safetensors file. F32 and I32 tensors are views of `source` when their bytes lie aligned
 * there (as ours do) and copies otherwise; F16 and BF16 are converted to F32.
 *
 * @throws {SafetensorsError} for everything else than a complete, consistent file of these types.
 */
export function parseSafetensors(source: ArrayBuffer | Uint8Array<ArrayBuffer>): SafetensorsFile {
  const bytes = source instanceof Uint8Array ? source : new Uint8Array(source);
  const header = readHeader(bytes);
  const metadata = checkMetadata(header.json[METADATA_KEY]);
  const dataStart = LENGTH_BYTES + header.byteLength;
  const lines = Object.entries(header.json).filter(([name]) => name !== METADATA_KEY);
  if (lines.length > MAX_TENSORS) {
    fail(`the file names ${lines.length} tensors; at most ${MAX_TENSORS} are read`);
  }
  const entries = lines.map(([name, value]) => checkEntry(name, value));
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkLayout(entries, bytes.byteLength - dataStart);
  const tensors = new Map(
    entries.map((entry) => [entry.name, readTensor(entry, bytes, dataStart + entry.begin)]),
  );
  return { metadata, tensors };
}

/**
 * Writes a safetensors file: the same tensors give the same bytes, whatever their order (they are
 * sorted by name), and the data starts at a multiple of 8 bytes.
 *
 * @throws {SafetensorsError} when a name occurs twice or is reserved, or a shape does not fit its data.
 */
export function writeSafetensors(
  tensors: Iterable<WritableTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const sorted = [...tensors].sort((a, b) => compareText(a.name, b.name));
  let end = 0;
  const lines = sorted.map((tensor, index): [string, unknown] => {
    checkWritable(tensor, sorted[index - 1]);
    const begin = end;
    end += tensor.data.byteLength;
    const dtype = tensor.data instanceof Int32Array ? 'I32' : 'F32';
    return [tensor.name, { dtype, shape: tensor.shape, data_offsets: [begin, end] }];
  });
  const sortedMetadata = Object.entries(metadata).sort(([a], [b]) => compareText(a, b));
  if (sortedMetadata.length > 0) lines.unshift([METADATA_KEY, Object.fromEntries(sortedMetadata)]);
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(lines)));

  const headerBytes = Math.ceil(json.byteLength / ALIGNMENT) * ALIGNMENT;
  const file = new Uint8Array(LENGTH_BYTES + headerBytes + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.set(json, LENGTH_BYTES);
  file.fill(0x20, LENGTH_BYTES + json.byteLength, LENGTH_BYTES + headerBytes);
  let offset = LENGTH_BYTES + headerBytes;
  for (const { data } of sorted) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return file;
}

function readHeader(bytes: Uint8Array): { byteLength: number; json: Record<string, unknown> } {
  if (bytes.byteLength < LENGTH_BYTES) {
    fail(`the file has ${bytes.byteLength} bytes, too few for a header; download it again`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stated = view.getBigUint64(0, true);
  const room = Math.min(bytes.byteLength - LENGTH_BYTES, MAX_HEADER_BYTES);
  if (stated > BigInt(room)) {
    fail(
      `the header claims ${stated} bytes where at most ${room} are possible; ` +
        'the file is cut off or is not a safetensors file',
    );
  }
  const byteLength = Number(stated);
  const json = parseJson(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + byteLength));
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    fail('the header is not a JSON object; this is not a safetensors file');
  }
  return { byteLength, json: json as Record<string, unknown> };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new SafetensorsError(
      'the header is not JSON in UTF-8; the file is damaged or is not a safetensors file',
      { cause },
    );
  }
}

function checkMetadata(value: unknown): Record<string, string> {
  if (value === undefined) return {};
  const parsed = metadataSchema.safeParse(value);
  if (!parsed.success) fail(`${METADATA_KEY} must map texts to texts, and does not`);
  return parsed.data;
}

function checkEntry(name: string, value: unknown): Entry {
  const parsed = entrySchema.safeParse(value);
  if (!parsed.success) fail(`tensor "${name}": ${z.prettifyError(parsed.error)}`);
  const { dtype, shape, data_offsets } = parsed.data;
  if (!isStoredDtype(dtype)) {
    fail(
      `tensor "${name}" has type ${dtype}; convert it to one of ` +
        Object.keys(BYTES_PER_VALUE).join(', '),
    );
  }
  const [begin, end] = data_offsets;
  const wanted = countValues(shape) * BYTES_PER_VALUE[dtype];
  if (end - begin !== wanted) {
    fail(
      `tensor "${name}" of ${dtype} [${shape.join(', ')}] needs ${wanted} bytes ` +
        `and has ${end - begin}; the file is damaged`,
    );
  }
  return { name, dtype, shape, begin, end };
}

function isStoredDtype(dtype: string): dtype is StoredDtype {
  return Object.hasOwn(BYTES_PER_VALUE, dtype);
}

/** Product of the sizes; inexact once beyond 2^53, where no byte range of safe integers equals it. */
function countValues(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Tensors must cover the data part without a gap or an overlap. `entries` are sorted by `begin`. */
function checkLayout(entries: readonly Entry[], dataBytes: number): void {
  let covered = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== covered) {
      const fault = begin < covered ? 'overlaps the tensor before it' : 'leaves a gap before it';
      fail(`tensor "${name}" starts at byte ${begin} and ${fault}; the file is damaged`);
    }
    covered = end;
  }
  if (covered !== dataBytes) {
    fail(`tensors need ${covered} bytes of data, the file has ${dataBytes}; download it again`);
  }
}

function readTensor(entry: Entry, bytes: Uint8Array<ArrayBuffer>, at: number): SafetensorsTensor {
  const { name, dtype, shape } = entry;
  const raw = bytes.subarray(at, at + entry.end - entry.begin);
  const { buffer, byteOffset } = raw.byteOffset % BYTES_PER_VALUE[dtype] === 0 ? raw : raw.slice();
  const count = raw.byteLength / BYTES_PER_VALUE[dtype];
  switch (dtype) {
    case 'F32':
      return { name, dtype, shape, data: new Float32Array(buffer, byteOffset, count) };
    case 'I32':
      return { name, dtype, shape, data: new Int32Array(buffer, byteOffset, count) };
    case 'F16':
    case 'BF16': {
      const convert = dtype === 'F16' ? float16ToNumber : bfloat16ToNumber;
      const data = Float32Array.from(new Uint16Array(buffer, byteOffset, count), convert);
      return { name, dtype: 'F32', shape, data };
    }
  }
}

function checkWritable(tensor: WritableTensor, previous: WritableTensor | undefined): void {
  const { name, shape, data } = tensor;
  if (name === METADATA_KEY) fail(`no tensor may be called ${METADATA_KEY}; rename it`);
  if (name === previous?.name) fail(`two tensors are called "${name}"; rename one`);
  const valid = shape.length <= MAX_RANK && shape.every((n) => Number.isSafeInteger(n) && n >= 0);
  if (!valid || countValues(shape) !== data.length) {
    fail(`tensor "${name}" has shape [${shape.join(', ')}] and ${data.length} values; they differ`);
  }
}

/** By code unit: the same on every machine, unlike a locale's order. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function fail(message: string): never {
  const short = message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message;
  throw new SafetensorsError(`Safetensors: ${short}.`);
}

import { describe, expect, test } from 'vitest';
import { PhiloxStream } from '../../../src/graph/philox';
import {
  parseSafetensors,
  SafetensorsError,
  writeSafetensors,
  type WritableTensor,
} from '../../../src/interchange/safetensors';

/** Every kind of value whose bits could be lost: NaN with a payload, -0, subnormals, infinities. */
const oddBits = new Uint32Array([0x7fc12345, 0x80000000, 1, 0x7f800000, 0xff800000, 0x3f800000]);

const example: WritableTensor[] = [
  { name: 'weight', shape: [2, 3], data: new Float32Array(oddBits.buffer) },
  { name: 'ids', shape: [3], data: new Int32Array([-1, 0, 2 ** 31 - 1]) },
  { name: 'scalar', shape: [], data: new Float32Array([0.5]) },
  { name: 'nothing', shape: [0, 7], data: new Float32Array(0) },
];
const metadata = { width: '32', note: 'grün "quoted"' };

/** A file with any header, valid or not, and `dataBytes` zero bytes after it. */
function fileWith(header: unknown, dataBytes = 0): Uint8Array<ArrayBuffer> {
  const text = typeof header === 'string' ? header : JSON.stringify(header);
  const json = new TextEncoder().encode(text);
  const file = new Uint8Array(8 + json.byteLength + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.byteLength), true);
  file.set(json, 8);
  return file;
}

function entry(shape: unknown, begin: unknown, end: unknown, dtype: unknown = 'F32') {
  return { dtype, shape, data_offsets: [begin, end] };
}

function expectRejected(file: Uint8Array<ArrayBuffer>, message: RegExp): void {
  expect(() => parseSafetensors(file)).toThrow(SafetensorsError);
  expect(() => parseSafetensors(file)).toThrow(message);
}

function bytesOf({ data }: { data: Float32Array | Int32Array }): number[] {
  return [...new Uint8Array(data.buffer, data.byteOffset, data.byteLength)];
}

describe('a file that was written', () => {
  test('reads back bit for bit', () => {
    const file = parseSafetensors(writeSafetensors(example, metadata));
    expect(file.metadata).toEqual(metadata);
    expect([...file.tensors.keys()].sort()).toEqual(example.map(({ name }) => name).sort());
    for (const wanted of example) {
      const read = file.tensors.get(wanted.name);
      if (!read) throw new Error(`${wanted.name} is missing`);
      expect(read.name).toBe(wanted.name);
      expect(read.shape).toEqual(wanted.shape);
      expect(read.dtype).toBe(wanted.data instanceof Int32Array ? 'I32' : 'F32');
      expect(bytesOf(read)).toEqual(bytesOf(wanted));
    }
  });

  test('does not depend on the order of tensors and metadata', () => {
    const again = writeSafetensors([...example].reverse(), {
      note: metadata.note,
      width: metadata.width,
    });
    expect(again).toEqual(writeSafetensors(example, metadata));
  });

  test('starts its data at a multiple of 8, and is then read without a copy', () => {
    const bytes = writeSafetensors(example, metadata);
    expect(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8).toBe(0);
    for (const { data } of parseSafetensors(bytes).tensors.values()) {
      expect(data.buffer).toBe(bytes.buffer);
    }
  });

  test('may hold nothing', () => {
    const file = parseSafetensors(writeSafetensors([]));
    expect(file.tensors.size).toBe(0);
    expect(file.metadata).toEqual({});
  });

  test('may lie anywhere in a larger buffer', () => {
    const bytes = writeSafetensors(example, metadata);
    const larger = new Uint8Array(bytes.byteLength + 3);
    larger.set(bytes, 1);
    const file = parseSafetensors(larger.subarray(1, 1 + bytes.byteLength));
    expect([...(file.tensors.get('ids')?.data ?? [])]).toEqual([-1, 0, 2 ** 31 - 1]);
  });
});

test('16-bit types are converted, exactly', () => {
  const file = fileWith({ half: entry([5], 0, 10, 'F16'), brain: entry([3], 10, 16, 'BF16') }, 16);
  const bits = [0x3c00, 0xc000, 0x0001, 0x7c00, 0x3555, 0x3f80, 0xc040, 0x0001];
  const start = file.byteLength - 16;
  const view = new DataView(file.buffer);
  bits.forEach((value, index) => view.setUint16(start + 2 * index, value, true));
  const { tensors } = parseSafetensors(file);
  expect(tensors.get('half')).toMatchObject({ dtype: 'F32', shape: [5] });
  expect([...(tensors.get('half')?.data ?? [])]).toEqual([1, -2, 2 ** -24, Infinity, 0x555 / 4096]);
  expect([...(tensors.get('brain')?.data ?? [])]).toEqual([1, -3, 2 ** -133]);
});

describe('a hostile file is refused', () => {
  const valid = writeSafetensors(example, metadata);

  test('when truncated, wherever', () => {
    for (let length = 0; length < valid.byteLength; length++) {
      expect(() => parseSafetensors(valid.slice(0, length))).toThrow(SafetensorsError);
    }
  });

  test('when something follows', () => {
    const longer = new Uint8Array(valid.byteLength + 1);
    longer.set(valid);
    expectRejected(longer, /the file has \d+; download it again/);
  });

  test('when its header is oversized', () => {
    const file = valid.slice();
    new DataView(file.buffer).setBigUint64(0, 2n ** 64n - 1n, true);
    expectRejected(file, /header claims 18446744073709551615 bytes/);
  });

  test.each([
    ['no JSON', '{"a":', /not JSON/],
    ['an array', [], /not a JSON object/],
    ['null', 'null', /not a JSON object/],
    ['brackets without end', '['.repeat(200_000), /not JSON/],
    ['deep nesting', `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, /tensor "a"/],
    ['metadata that is not text', { __metadata__: { width: 32 } }, /must map texts to texts/],
    ['a tensor that is null', { a: null }, /tensor "a"/],
    ['an unknown key', { a: { ...entry([0], 0, 0), more: 1 } }, /more/],
    ['an unknown type', { a: entry([1], 0, 8, 'F64') }, /F64; convert it to one of F32, I32/],
    ['an inherited name as a type', { a: entry([1], 0, 8, 'toString') }, /type toString/],
    ['a negative size', { a: entry([-2, -2], 0, 16) }, /shape/],
    ['a fractional size', { a: entry([0.5], 0, 2) }, /shape/],
    ['too many dimensions', { a: entry(Array<number>(17).fill(1), 0, 4) }, /shape/],
    ['a size that overflows', { a: entry([2 ** 40, 2 ** 40], 0, 16) }, /needs \d.* bytes/],
    [
      'a gigantic tensor',
      { a: entry([2 ** 45], 0, 2 ** 47) },
      /tensors need 140737488355328 bytes/,
    ],
    ['a range that runs backwards', { a: entry([1], 4, 0) }, /needs 4 bytes and has -4/],
    ['a range that does not fit', { a: entry([3], 0, 16) }, /needs 12 bytes and has 16/],
    ['overlapping ranges', { a: entry([2], 0, 8), b: entry([3], 4, 16) }, /"b".*overlaps/],
    ['the same range twice', { a: entry([4], 0, 16), b: entry([4], 0, 16) }, /"b".*overlaps/],
    ['a gap', { a: entry([1], 0, 4), b: entry([2], 8, 16) }, /"b".*leaves a gap/],
    ['a gap at the start', { a: entry([3], 4, 16) }, /"a".*leaves a gap/],
    ['a name that JSON drops', '{"a":null,"a":null}', /tensor "a"/],
  ])('for %s', (_, header, message) => {
    expectRejected(fileWith(header, 16), message);
  });

  test('text that is not UTF-8', () => {
    const file = fileWith('{"a":1}');
    file[10] = 0xff;
    expectRejected(file, /not JSON in UTF-8/);
  });

  test('no mutation gets through as another error', () => {
    const random = new PhiloxStream(7, 0, 0);
    let accepted = 0;
    for (let trial = 0; trial < 4000; trial++) {
      // Half of the trials damage the header alone, which is where the structure is.
      const range = trial % 2 === 0 ? valid.byteLength : 300;
      const file = valid.slice(
        0,
        random.uniform() < 0.1 ? random.integer(valid.length) : undefined,
      );
      for (let edits = 1 + random.integer(4); edits > 0; edits--) {
        if (file.length > 0)
          file[random.integer(Math.min(range, file.length))] = random.integer(256);
      }
      try {
        parseSafetensors(file);
        accepted++;
      } catch (error) {
        expect(error).toBeInstanceOf(SafetensorsError);
      }
    }
    // Damage of names and of values alone cannot be noticed; the rest must be.
    expect(accepted).toBeLessThan(2000);
  });
});

describe('what cannot be written is refused', () => {
  const data = new Float32Array(2);
  test.each([
    ['a name twice', [example[1], example[1]], /two tensors are called "ids"/],
    ['the reserved name', [{ name: '__metadata__', shape: [2], data }], /rename it/],
    ['a shape of another size', [{ name: 'a', shape: [3], data }], /shape \[3\] and 2 values/],
    ['a negative size', [{ name: 'a', shape: [-1, -2], data }], /they differ/],
  ])('%s', (_, tensors, message) => {
    expect(() => writeSafetensors(tensors as WritableTensor[])).toThrow(message);
    expect(() => writeSafetensors(tensors as WritableTensor[])).toThrow(SafetensorsError);
  });
});

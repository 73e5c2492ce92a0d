import { strToU8, Zip, ZipPassThrough, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readZip, ZipError, type ZipLimits } from '../../../src/interchange/zip';
import { fuzz } from '../../support/mutate';

const LIMITS: ZipLimits = { archive: 2 ** 20, entries: 20, file: 100_000, total: 200_000 };
const all: (name: string) => boolean = () => true;
const read = (bytes: Uint8Array, limits: Partial<ZipLimits> = {}, wanted = all) =>
  readZip(Uint8Array.from(bytes), { ...LIMITS, ...limits }, wanted);
const noise = Uint8Array.from({ length: 5000 }, (_, index) => (index * index * 31) % 251);
const FILES = { 'a/one.txt': strToU8('one'), 'a/two.bin': noise, empty: new Uint8Array(0) };

describe('an archive', () => {
  test.each([0, 6] as const)('at level %i gives its files', (level) => {
    const entries = read(zipSync(FILES, { level }));
    expect(Object.fromEntries(entries.map(({ name, bytes }) => [name, bytes]))).toEqual(FILES);
  });

  test('gives what is wanted alone', () => {
    const entries = read(zipSync({ ...FILES, 'b/': new Uint8Array(0) }), {}, (name) =>
      name.startsWith('a/'),
    );
    expect(entries.map(({ name }) => name)).toEqual(['a/one.txt', 'a/two.bin']);
  });

  test('whose sizes stand behind the files is read as well', () => {
    // As programs write it that do not know a file's size when they begin.
    const pieces: Uint8Array[] = [];
    const zip = new Zip((_error, piece) => pieces.push(piece));
    const file = new ZipPassThrough('streamed.bin');
    zip.add(file);
    file.push(noise, true);
    zip.end();
    const bytes = new Uint8Array(pieces.flatMap((piece) => [...piece]));
    expect(read(bytes)).toEqual([{ name: 'streamed.bin', bytes: noise }]);
  });
});

describe('an archive is refused', () => {
  const bomb = zipSync({ bomb: new Uint8Array(90_000_000) }, { level: 9 });

  test('that unpacks to more than it may, without unpacking it', () => {
    expect(bomb.length).toBeLessThan(LIMITS.archive);
    const begin = performance.now();
    expect(() => read(bomb)).toThrow(/“bomb” unpacks to more/);
    expect(performance.now() - begin).toBeLessThan(1000);
  });

  test('that lies about it', () => {
    const liar = bomb.slice();
    const view = new DataView(liar.buffer);
    // The size before packing, in the file's own header.
    view.setUint32(22, 10, true);
    const begin = performance.now();
    expect(() => read(liar)).toThrow(ZipError);
    expect(performance.now() - begin).toBeLessThan(1000);
  });

  test('whose files are too much together', () => {
    const files = Object.fromEntries(['a', 'b', 'c'].map((n) => [n, new Uint8Array(90_000)]));
    expect(() => read(zipSync(files))).toThrow(/unpacks to more than 0 MiB; it is not read/);
  });

  test('with too many files', () => {
    const files = Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`${n}`, noise]));
    expect(() => read(zipSync(files))).toThrow(/more than 20 files/);
    // Also where none is wanted.
    expect(() => read(zipSync(files), {}, () => false)).toThrow(/more than 20 files/);
  });

  test('that is too large itself, none, or cut off', () => {
    expect(() => read(zipSync(FILES), { archive: 100 })).toThrow(/at most/);
    expect(() => read(strToU8('no archive'))).toThrow(/not a zip archive/);
    expect(() => read(new Uint8Array(0))).toThrow(/not a zip archive/);
    const whole = zipSync(FILES, { level: 0 });
    expect(() => read(whole.subarray(0, 2000))).toThrow(/damaged or cut off/);
  });

  test('with a file twice', () => {
    const one = zipSync({ x: noise }, { level: 0 });
    const local = one.subarray(0, 30 + 1 + noise.length);
    const twice = new Uint8Array([...local, ...one]);
    expect(() => read(twice)).toThrow(/holds “x” twice/);
  });
});

test('damaged archives give files or a ZipError', async () => {
  const small = zipSync({
    'a.txt': strToU8('hello hello hello hello'),
    'b.bin': noise.slice(0, 300),
  });
  let accepted = 0;
  await fuzz(
    Uint8Array.from(small),
    (bytes) => {
      const entries = read(bytes);
      accepted += Number(entries.length === 2);
      if (entries.length < 2) throw new ZipError('files are missing');
    },
    ZipError,
    2500,
  );
  // Damage of what lies behind the files goes unnoticed, as it should.
  expect(accepted).toBeGreaterThan(0);
});

import { expect } from 'vitest';
import { PhiloxStream } from '../../src/graph/philox';

/** Sizes and other numbers that a header should not hold. */
const HOSTILE = [
  ...['-1', '0', '0.5', '1e9', '4294967296', '9007199254740993', '1e308', '-0', 'null', '"x"'],
  ...['[]', '{}', 'true', '1e-320', '99999999999999999999', '""', '[[[[[[]]]]]]'],
];

const concatenate = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

type Mutation = (file: Uint8Array<ArrayBuffer>, random: PhiloxStream) => Uint8Array<ArrayBuffer>;

const bytes = (random: PhiloxStream, count: number): Uint8Array =>
  Uint8Array.from({ length: count }, () => random.integer(256));

/** A place in the file; half of them near its beginning, where the structure is. */
const place = (random: PhiloxStream, length: number): number =>
  random.integer(Math.max(1, random.integer(2) === 0 ? length : Math.min(length, 400)));

const flipBits: Mutation = (file, random) => {
  const flipped = file.slice();
  for (let count = 1 + random.integer(8); count > 0; count--) {
    const at = place(random, flipped.length);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << random.integer(8));
  }
  return flipped;
};

const truncate: Mutation = (file, random) => file.slice(0, place(random, file.length));

const insert: Mutation = (file, random) => {
  const at = place(random, file.length);
  return concatenate(
    file.subarray(0, at),
    bytes(random, 1 + random.integer(64)),
    file.subarray(at),
  );
};

const cutOut: Mutation = (file, random) => {
  const at = place(random, file.length);
  return concatenate(file.subarray(0, at), file.subarray(at + 1 + random.integer(64)));
};

/** A stretch of the file once more, somewhere else. */
const splice: Mutation = (file, random) => {
  const [at, from] = [place(random, file.length), place(random, file.length)];
  const stretch = file.subarray(from, from + 1 + random.integer(200));
  return concatenate(file.subarray(0, at), stretch, file.subarray(at));
};

/** Eight bytes anywhere become a whole number of any size: lengths, offsets, counts. */
const editSize: Mutation = (file, random) => {
  const edited = file.slice();
  const at = random.integer(2) === 0 ? 0 : place(random, edited.length);
  if (edited.length < at + 8) return edited;
  const size = 2n ** BigInt(random.integer(64)) - BigInt(random.integer(3));
  new DataView(edited.buffer).setBigUint64(at, BigInt.asUintN(64, size), true);
  return edited;
};

/** A number in the text at the file's beginning becomes another; the text keeps its length if it can. */
const editNumber: Mutation = (file, random) => {
  // A letter for each byte, so that places agree.
  const text = new TextDecoder('latin1').decode(file.subarray(0, 20_000));
  const numbers = [...text.matchAll(/\d+/g)];
  const chosen = numbers[random.integer(Math.max(1, numbers.length))];
  if (!chosen) return truncate(file, random);
  const [old] = chosen;
  const other = HOSTILE[random.integer(HOSTILE.length)] ?? '';
  const padded = new TextEncoder().encode(other.padEnd(old.length));
  return concatenate(
    file.subarray(0, chosen.index),
    padded,
    file.subarray(chosen.index + old.length),
  );
};

/** Values that are no numbers, or beyond all: in the last half of the file, where the data are. */
const spoilValues: Mutation = (file, random) => {
  const spoilt = file.slice();
  const from = Math.floor(spoilt.length / 2);
  const words = [0x7fc00000, 0x7f800000, 0xff800000, 0x7f7fffff];
  for (let at = from; at + 4 <= spoilt.length; at += 4 * (1 + random.integer(64))) {
    const word = words[random.integer(words.length)] ?? 0;
    new DataView(spoilt.buffer).setUint32(at, word, true);
  }
  return spoilt;
};

const noise: Mutation = (file, random) =>
  Uint8Array.from(bytes(random, random.integer(Math.min(file.length, 2000) + 1)));

const MUTATIONS: readonly Mutation[] = [
  ...[flipBits, truncate, insert, cutOut, splice],
  ...[editSize, editNumber, editNumber, spoilValues, noise],
];

/** One of many ways in which a file may be damaged; the same for the same seed and trial. */
export const mutate = (
  file: Uint8Array<ArrayBuffer>,
  seed: number,
  trial: number,
): Uint8Array<ArrayBuffer> => {
  const random = new PhiloxStream(seed, 0x66757a7a, trial);
  let mutated = file;
  for (let edits = 1 + random.integer(2); edits > 0; edits--) {
    mutated = MUTATIONS[random.integer(MUTATIONS.length)]?.(mutated, random) ?? mutated;
  }
  return mutated;
};

/** Longest that reading one of these small files may take, in milliseconds, on a busy machine. */
const LONGEST = 1500;
/** Letters that a visitor can be asked to read. */
const LONGEST_MESSAGE = 1500;

/**
 * Reads `trials` damaged copies of `file`: each must give a value or throw an error of the kind, soon
 * and in few words. At most the share `mostAccepted` may be taken for whole.
 */
export const fuzz = async (
  file: Uint8Array<ArrayBuffer>,
  read: (file: Uint8Array<ArrayBuffer>) => unknown,
  errorKind: new (...args: never[]) => Error,
  trials = 2500,
  seed = 1,
  mostAccepted = 0.5,
): Promise<void> => {
  let accepted = 0;
  for (let trial = 0; trial < trials; trial++) {
    const mutated = mutate(file, seed, trial);
    const begin = performance.now();
    try {
      await read(mutated);
      accepted++;
    } catch (error) {
      if (!(error instanceof errorKind)) {
        throw new Error(`trial ${trial} threw another error: ${String(error)}`, { cause: error });
      }
      expect(error.message.length, `trial ${trial}: ${error.message}`).toBeLessThan(
        LONGEST_MESSAGE,
      );
    }
    const time = performance.now() - begin;
    expect(time, `milliseconds of trial ${trial}`).toBeLessThan(LONGEST);
  }
  expect(accepted).toBeLessThan(trials);
  expect(accepted).toBeLessThanOrEqual(trials * mostAccepted);
};

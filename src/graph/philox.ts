/**
 * Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011): a
 * counter-based generator, the twin of the GPU's. A number is a pure function of its address:
 *
 *   key = (seed, stream), counter = (block, step, 0, 0); element i is word i % 4 of block i / 4.
 *   uniform:  u = (word >> 8) * 2^-24, in [0, 1)
 *   normal:   words (0, 1) of a block give its elements 0 and 1, words (2, 3) elements 2 and 3:
 *             u1 = ((first >> 8) + 1) * 2^-24 in (0, 1],  u2 = (second >> 8) * 2^-24,
 *             sqrt(-2 ln u1) * (cos, sin)(2 pi u2)                                  (Box-Muller)
 *
 * Words and uniforms equal the GPU's bit for bit; normals up to the rounding of ln, sin and cos.
 */

/** Four unsigned 32-bit words. */
export type Words4 = readonly [number, number, number, number];
/** Two unsigned 32-bit words. */
export type Words2 = readonly [number, number];

const ROUNDS = 10;
const MULTIPLIERS = [0xd2511f53, 0xcd9e8d57] as const;
/** Added to the key after each round (golden ratio, sqrt(3) - 1). */
const WEYL = [0x9e3779b9, 0xbb67ae85] as const;
const TWO_TO_MINUS_24 = 2 ** -24;

/** One block: four words from a counter and a key, all unsigned 32 bit. */
export function philox4x32(counter: Words4, key: Words2): Words4 {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIERS[0], c0);
    const low0 = Math.imul(MULTIPLIERS[0], c0);
    const high1 = multiplyHigh(MULTIPLIERS[1], c2);
    const low1 = Math.imul(MULTIPLIERS[1], c2);
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1 >>> 0;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0 >>> 0;
    k0 = (k0 + WEYL[0]) >>> 0;
    k1 = (k1 + WEYL[1]) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** Upper 32 bits of the 64-bit product of two unsigned 32-bit numbers, by 16-bit halves. */
function multiplyHigh(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  // Below 2^32 + 2^16 each, so exact in a double; hence division by 2^16 instead of a shift.
  const middle = aHigh * bLow + Math.floor((aLow * bLow) / 0x10000);
  const cross = aLow * bHigh + (middle % 0x10000);
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(cross / 0x10000)) >>> 0;
}

/**
 * The numbers of one (seed, stream, step), read one after another. Read purely as uniforms or
 * purely as normals, the i-th is element i of the tensor that the GPU fills for that address.
 */
export class PhiloxStream {
  private readonly key: Words2;
  private readonly step: number;
  private position = 0;
  private block: Words4 = [0, 0, 0, 0];
  private secondNormal: number | undefined;

  /**
   * Each argument is an unsigned 32-bit integer. Streams keep uses apart (noise of CA, prompts,
   * ...), steps keep iterations apart.
   *
   * @throws {RangeError} for anything else.
   */
  constructor(seed: number, stream: number, step: number) {
    this.key = [unsigned('seed', seed), unsigned('stream', stream)];
    this.step = unsigned('step', step);
  }

  /** The next number of U[0, 1), a multiple of 2^-24. */
  uniform(): number {
    return (this.nextWord() >>> 8) * TWO_TO_MINUS_24;
  }

  /** The next number of N(0, 1). */
  normal(): number {
    if (this.secondNormal !== undefined) {
      const normal = this.secondNormal;
      this.secondNormal = undefined;
      return normal;
    }
    // Pairs start at even elements; after an odd count of uniforms one word is passed over.
    if (this.position % 2 === 1) this.position++;
    const radius = Math.sqrt(-2 * Math.log(((this.nextWord() >>> 8) + 1) * TWO_TO_MINUS_24));
    const angle = 2 * Math.PI * this.uniform();
    this.secondNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /**
   * The next integer of 0..n-1, uniform up to n * 2^-32.
   *
   * @throws {RangeError} when n is not an integer of 1..2^32 - 1.
   */
  integer(n: number): number {
    if (unsigned('n', n) === 0) throw new RangeError('Philox: no integer is below n = 0');
    return multiplyHigh(this.nextWord(), n);
  }

  private nextWord(): number {
    const lane = this.position % 4;
    if (lane === 0) {
      this.block = philox4x32([Math.floor(this.position / 4), this.step, 0, 0], this.key);
    }
    this.position++;
    return this.block[lane] ?? 0;
  }
}

function unsigned(name: string, value: number): number {
  if (value >>> 0 !== value) {
    throw new RangeError(`Philox: ${name} is ${value}, not an unsigned 32-bit integer`);
  }
  return value;
}

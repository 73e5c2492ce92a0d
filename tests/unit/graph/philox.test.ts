import { describe, expect, test } from 'vitest';
import { philox4x32, PhiloxStream, type Words2, type Words4 } from '../../../src/graph/philox';

const MAX = 0xffffffff;

describe('philox4x32-10', () => {
  // Published with the reference implementation (Random123, kat_vectors).
  test.each<[string, Words4, Words2, Words4]>([
    ['zeros', [0, 0, 0, 0], [0, 0], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]],
    ['ones', [MAX, MAX, MAX, MAX], [MAX, MAX], [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]],
    [
      'digits of pi',
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])('known answer: %s', (_, counter, key, wanted) => {
    expect(philox4x32(counter, key)).toEqual(wanted);
  });
});

describe('PhiloxStream', () => {
  const address = [2026, 3, 41] as const;
  const word = (element: number): number => {
    const [seed, stream, step] = address;
    const block = philox4x32([Math.floor(element / 4), step, 0, 0], [seed, stream]);
    return block[element % 4] ?? NaN;
  };

  test('uniforms are the words in order, 24 bits of each', () => {
    const random = new PhiloxStream(...address);
    for (let element = 0; element < 11; element++) {
      expect(random.uniform()).toBe(Math.floor(word(element) / 256) / 2 ** 24);
    }
  });

  test('normals are Box-Muller of pairs of words', () => {
    const random = new PhiloxStream(...address);
    for (let pair = 0; pair < 5; pair++) {
      const u1 = (Math.floor(word(2 * pair) / 256) + 1) / 2 ** 24;
      const u2 = Math.floor(word(2 * pair + 1) / 256) / 2 ** 24;
      const radius = Math.sqrt(-2 * Math.log(u1));
      expect(random.normal()).toBeCloseTo(radius * Math.cos(2 * Math.PI * u2), 12);
      expect(random.normal()).toBeCloseTo(radius * Math.sin(2 * Math.PI * u2), 12);
    }
  });

  test('normals after an odd number of uniforms begin with the next pair', () => {
    const mixed = new PhiloxStream(...address);
    const normals = new PhiloxStream(...address);
    mixed.uniform();
    normals.normal();
    normals.normal();
    expect(mixed.normal()).toBe(normals.normal());
  });

  test('seed, stream and step each change the numbers', () => {
    const first = [
      [1, 2, 3],
      [2, 2, 3],
      [1, 3, 3],
      [1, 2, 4],
      [MAX, MAX, MAX],
    ].map(([seed = 0, stream = 0, step = 0]) => new PhiloxStream(seed, stream, step).uniform());
    expect(new Set(first).size).toBe(first.length);
  });

  test('moments are those of U[0, 1) and N(0, 1)', () => {
    const count = 20_000;
    const moments = (draw: () => number): [number, number] => {
      const values = Array.from({ length: count }, draw);
      const mean = values.reduce((sum, value) => sum + value, 0) / count;
      return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count];
    };
    const uniforms = new PhiloxStream(1, 0, 0);
    const [uniformMean, uniformVariance] = moments(() => uniforms.uniform());
    const normals = new PhiloxStream(2, 0, 0);
    const [normalMean, normalVariance] = moments(() => normals.normal());
    // Four standard errors each; the numbers are fixed, so this cannot fail by chance.
    expect(Math.abs(uniformMean - 0.5)).toBeLessThan(4 / Math.sqrt(12 * count));
    expect(Math.abs(uniformVariance - 1 / 12)).toBeLessThan(4 / Math.sqrt(180 * count));
    expect(Math.abs(normalMean)).toBeLessThan(4 / Math.sqrt(count));
    expect(Math.abs(normalVariance - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
  });

  test('integers cover 0..n-1 evenly', () => {
    const random = new PhiloxStream(5, 0, 0);
    const counts = Array<number>(11).fill(0);
    for (let draw = 0; draw < 11_000; draw++) {
      const drawn = random.integer(11);
      counts[drawn] = (counts[drawn] ?? NaN) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(880);
    expect(Math.max(...counts)).toBeLessThan(1120);
    expect(counts).toHaveLength(11);
  });

  test.each([-1, 0.5, 2 ** 32, NaN])('refuses %d as an address or a bound', (wrong) => {
    expect(() => new PhiloxStream(wrong, 0, 0)).toThrow('seed');
    expect(() => new PhiloxStream(0, wrong, 0)).toThrow('stream');
    expect(() => new PhiloxStream(0, 0, wrong)).toThrow('step');
    expect(() => new PhiloxStream(0, 0, 0).integer(wrong)).toThrow(RangeError);
    expect(() => new PhiloxStream(0, 0, 0).integer(0)).toThrow(RangeError);
  });
});

import { describe, expect } from 'vitest';
import { randomNormal, randomUniform, type RandomSource } from '../../../src/graph/ops/random';
import { PhiloxStream } from '../../../src/graph/philox';
import { setting } from '../../../src/graph/tensor';
import * as reference from '../../reference/reduce';
import { expectClose } from '../../support/compare';
import { evaluate } from '../../support/evaluate';
import { test } from '../../support/gpu';

const from = (stream: number): RandomSource => ({
  seed: setting('seed', 'u32'),
  step: setting('step', 'u32'),
  stream,
});

const settingsOf = (seed: number, step: number) => ({ seed: { u32: seed }, step: { u32: step } });

const ADDRESSES = [
  { seed: 0, stream: 0, step: 0 },
  { seed: 1, stream: 7, step: 2 },
  { seed: 0xffffffff, stream: 0xffffffff, step: 0xfffffffe },
];

describe('the bits of the TypeScript twin', () => {
  for (const { seed, stream, step } of ADDRESSES) {
    for (const count of [1, 3, 17, 1029]) {
      test(`${count} numbers of (${seed}, ${stream}, ${step})`, async ({ gpu }) => {
        const outputs = [randomUniform([count], from(stream)), randomNormal([count], from(stream))];
        const [uniforms, normals] = await evaluate(gpu, outputs, [], {
          settings: settingsOf(seed, step),
        });
        const twin = new PhiloxStream(seed, stream, step);
        expect(uniforms).toEqual(Float32Array.from({ length: count }, () => twin.uniform()));
        const other = new PhiloxStream(seed, stream, step);
        const expected = Array.from({ length: count }, () => other.normal());
        expectClose('normals', normals ?? [], expected, { relative: 0, absolute: 1e-5 });
      });
    }
  }
});

// Parts that begin within a block of four, and step numbers that begin anew at 0.
for (const [part, step] of [
  [1, 5],
  [7, 5],
  [260, 0xffffffff],
] as const) {
  test(`three parts of ${part} are three draws, from step ${step} on`, async ({ gpu }) => {
    const draw = [randomUniform, randomNormal];
    const together = await evaluate(
      gpu,
      draw.map((make) => make([3, part], from(2), 3)),
      [],
      { settings: settingsOf(4, step) },
    );
    for (const [index, make] of draw.entries()) {
      const apart = [];
      for (const later of [0, 1, 2]) {
        const at = { settings: settingsOf(4, (step + later) >>> 0) };
        apart.push(...((await evaluate(gpu, [make([part], from(2))], [], at))[0] ?? []));
      }
      expect([...(together[index] ?? [])]).toEqual(apart);
    }
  });
}

test('refuses parts that the first axis does not split into', () => {
  expect(() => randomNormal([4, 3], from(0), 3)).toThrow(/normal: \[4, 3\].*no 3 parts/);
});

describe('distribution', () => {
  const COUNT = 20_000;
  const settings = settingsOf(3, 11);

  test('uniforms fill [0, 1)', async ({ gpu }) => {
    const [values] = await evaluate(gpu, [randomUniform([100, COUNT / 100], from(1))], [], {
      settings,
    });
    const uniforms = Array.from(values ?? []);
    expect(Math.min(...uniforms)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...uniforms)).toBeLessThan(1);
    // Five standard errors: sqrt(1/12/n) = 0.002; the variance of a uniform is 1/12.
    expect(Math.abs(reference.mean(uniforms) - 0.5)).toBeLessThan(0.01);
    expect(Math.abs(reference.variance(uniforms) - 1 / 12)).toBeLessThan(0.003);
    const tenths = new Array<number>(10).fill(0);
    const tenthOf = (u: number) => Math.floor(u * 10);
    for (const u of uniforms) tenths[tenthOf(u)] = (tenths[tenthOf(u)] ?? 0) + 1;
    for (const share of tenths) expect(Math.abs(share / COUNT - 0.1)).toBeLessThan(0.011);
  });

  test('normals have mean 0, variance 1 and normal tails', async ({ gpu }) => {
    const [values] = await evaluate(gpu, [randomNormal([COUNT], from(1))], [], { settings });
    const normals = Array.from(values ?? []);
    // Five standard errors: 0.0071 for the mean, 0.01 for the variance.
    expect(Math.abs(reference.mean(normals))).toBeLessThan(0.036);
    expect(Math.abs(reference.variance(normals) - 1)).toBeLessThan(0.05);
    const within = (limit: number) => normals.filter((z) => Math.abs(z) < limit).length / COUNT;
    expect(Math.abs(within(1) - 0.6827)).toBeLessThan(0.017);
    expect(Math.abs(within(2) - 0.9545)).toBeLessThan(0.008);
  });

  test('streams, steps and seeds do not repeat each other', async ({ gpu }) => {
    const draw = async (stream: number, seed: number, step: number): Promise<string> => {
      const [values] = await evaluate(gpu, [randomNormal([64], from(stream))], [], {
        settings: settingsOf(seed, step),
      });
      return (values ?? []).join();
    };
    const drawn = [
      await draw(1, 3, 11),
      await draw(2, 3, 11),
      await draw(1, 4, 11),
      await draw(1, 3, 12),
    ];
    expect(new Set(drawn).size).toBe(4);
    expect(await draw(1, 3, 11)).toBe(drawn[0]);
  });
});

test('refuses a seed that is not an integer scalar, and a stream that is not a u32', () => {
  const source = from(1);
  expect(() => randomNormal([3], { ...source, seed: setting('lr') })).toThrow(TypeError);
  expect(() => randomNormal([3], { ...source, stream: -1 })).toThrow(RangeError);
});

import { describe, expect } from 'vitest';
import { layerNorm } from '../../../src/graph/ops/layerNorm';
import { matmul } from '../../../src/graph/ops/matmul';
import { add, gelu, multiply, silu, subtract } from '../../../src/graph/ops/pointwise';
import { concat, pad, permute, reshape, slice } from '../../../src/graph/ops/views';
import { setting } from '../../../src/graph/tensor';
import * as reference from '../../reference/matmul';
import { expectClose } from '../../support/compare';
import { evaluate, evaluateProgram, feed, KERNEL_CHOICES } from '../../support/evaluate';
import { test } from '../../support/gpu';

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const wave = (count: number): number[] => range(count).map((i) => Math.sin(i * 1.7));

describe('views', () => {
  test('permute reorders axes', async ({ gpu }) => {
    const x = feed([2, 3, 5], range(30));
    const [y] = await evaluate(gpu, [permute(x.tensor, [2, 0, 1])], [x]);
    const expected = range(5).flatMap((c) =>
      range(2).flatMap((a) => range(3).map((b) => a * 15 + b * 5 + c)),
    );
    expectClose('permuted', y ?? [], expected, { relative: 0 });
  });

  test('slice and pad undo each other where they overlap', async ({ gpu }) => {
    const x = feed([3, 7, 2], range(42));
    const part = slice(x.tensor, 1, 2, 3);
    const [sliced, padded] = await evaluate(gpu, [part, pad(part, 1, 2, 7)], [x]);
    const inside = (i: number) => Math.floor(i / 2) % 7 >= 2 && Math.floor(i / 2) % 7 < 5;
    expectClose('sliced', sliced ?? [], range(42).filter(inside), { relative: 0 });
    const expected = range(42).map((i) => (inside(i) ? i : 0));
    expectClose('padded', padded ?? [], expected, { relative: 0 });
  });

  test('concat joins along an axis, also integers', async ({ gpu }) => {
    const a = feed([2, 1], new Int32Array([1, -2]));
    const b = feed([2, 3], new Int32Array([3, 4, 5, 6, 7, 8]));
    const [joined] = await evaluate(gpu, [concat([a.tensor, b.tensor], 1)], [a, b]);
    expect([...new Int32Array(joined?.buffer as ArrayBuffer)]).toEqual([1, 3, 4, 5, -2, 6, 7, 8]);
  });
});

/** [2, 3, 4] reordered to [4, 2, 3], by hand. */
const turned = (values: readonly number[]): number[] =>
  range(4).flatMap((c) => range(6).map((row) => values[row * 4 + c] ?? NaN));

describe('permutations', () => {
  for (const choice of KERNEL_CHOICES) {
    test(`what follows one joins the kernel before it (${choice.reduce})`, async ({ gpu }) => {
      const x = feed([2, 3, 4], wave(24));
      const other = feed([4, 2, 3], wave(24).reverse());
      const normal = layerNorm(x.tensor);
      const moved = permute(normal, [2, 0, 1]);
      const sum = add(multiply(moved, 2), other.tensor);
      // Back again, to where the kernel is: the inverse of the permutation.
      const back = gelu(permute(sum, [1, 2, 0]));
      const outputs = [normal, moved, sum, back];
      const { results, program } = await evaluateProgram(gpu, outputs, [x, other], { choice });
      expect(program.cost.dispatches).toBe(1);
      const [plain] = await evaluate(gpu, [normal], [x], { choice });
      const expected = turned([...(plain ?? [])]);
      expect(results[0]).toEqual(plain);
      expect([...(results[1] ?? [])]).toEqual(expected);
      const sums = expected.map((value, i) => 2 * value + (wave(24).reverse()[i] ?? NaN));
      expectClose('sum', results[2] ?? [], sums, { relative: 1e-6 });
      const home = range(24).map((i) => sums[(i % 4) * 6 + Math.floor(i / 4)] ?? NaN);
      expectClose('back', results[3] ?? [], home.map(reference.gelu), { relative: 1e-5 });
    });
  }

  test('a product writes where a permutation takes it, without a copy', async ({ gpu }) => {
    const [a, b] = [feed([8, 4], wave(32)), feed([4, 12], wave(48))];
    const product = reshape(matmul(a.tensor, b.tensor), [2, 4, 12]);
    const y = add(permute(product, [0, 2, 1]), setting('shift'));
    const { results, program } = await evaluateProgram(gpu, [y], [a, b], {
      settings: { shift: 0.5 },
    });
    expect(program.cost.dispatches).toBe(1);
    const sizes = { batch: 1, m: 8, n: 12, k: 4, transposeA: false, transposeB: false };
    const plain = reference.matmul(a.data, b.data, sizes);
    const expected = range(96).map((i) => {
      const [sample, column, row] = [Math.floor(i / 48), Math.floor(i / 4) % 12, i % 4];
      return (plain[sample * 48 + row * 12 + column] ?? NaN) + 0.5;
    });
    expectClose('moved', results[0] ?? [], expected, { relative: 1e-5 });
  });

  test('a value that is read both moved and unmoved is computed by itself', async ({ gpu }) => {
    const x = feed([3, 3], wave(9));
    const normal = layerNorm(x.tensor);
    const y = add(normal, permute(normal, [1, 0]));
    const { results, program } = await evaluateProgram(gpu, [y, normal], [x]);
    const plain = [...(results[1] ?? [])];
    const expected = plain.map((value, i) => value + (plain[(i % 3) * 3 + Math.floor(i / 3)] ?? 0));
    expectClose('sum', results[0] ?? [], expected, { relative: 1e-6 });
    expect(program.cost.dispatches).toBe(2);
  });
});

describe('fusion', () => {
  test('a chain of elementwise operations is one dispatch', async ({ gpu }) => {
    const x = feed([4, 17], wave(68));
    const row = feed([17], wave(17));
    const y = silu(add(multiply(x.tensor, row.tensor), setting('shift')));
    const { results, program } = await evaluateProgram(gpu, [y], [x, row], {
      settings: { shift: 0.25 },
    });
    const expected = wave(68).map((value, i) => {
      const z = value * Math.sin((i % 17) * 1.7) + 0.25;
      return z / (1 + Math.exp(-z));
    });
    expectClose('chain', results[0] ?? [], expected, { relative: 1e-6 });
    expect(program.cost.dispatches).toBe(1);
  });

  for (const choice of KERNEL_CHOICES) {
    test(`modulated LayerNorm is one dispatch (${choice.reduce})`, async ({ gpu }) => {
      const x = feed([2, 3, 17], wave(102));
      const scale = feed([2, 1, 17], wave(34));
      const shift = feed([2, 1, 17], wave(34).reverse());
      const y = add(multiply(layerNorm(x.tensor), add(scale.tensor, 1)), shift.tensor);
      const { results, program } = await evaluateProgram(gpu, [y], [x, scale, shift], { choice });
      const expected = range(6).flatMap((r) => {
        const row = wave(102).slice(r * 17, r * 17 + 17);
        const mean = row.reduce((a, b) => a + b) / 17;
        const variance = row.reduce((a, b) => a + (b - mean) ** 2, 0) / 17;
        return row.map((value, i) => {
          const at = Math.floor(r / 3) * 17 + i;
          const normal = (value - mean) / Math.sqrt(variance + 1e-5);
          return normal * (1 + (wave(34)[at] ?? 0)) + (wave(34)[33 - at] ?? 0);
        });
      });
      expectClose('modulated', results[0] ?? [], expected, { relative: 1e-5 });
      expect(program.cost.dispatches).toBe(1);
    });
  }

  test('a value that is needed twice and costs much is computed once', async ({ gpu }) => {
    const x = feed([5, 3], wave(15));
    const activated = gelu(x.tensor);
    const outputs = [
      reshape(permute(activated, [1, 0]), [15]),
      subtract(permute(multiply(activated, 2), [1, 0]), 1),
    ];
    const { results } = await evaluateProgram(gpu, outputs, [x]);
    const g = (v: number) =>
      0.5 * v * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v ** 3)));
    const turned = range(15).map((i) => g(wave(15)[(i % 5) * 3 + Math.floor(i / 5)] ?? 0));
    expectClose('first', results[0] ?? [], turned, { relative: 1e-6 });
    expectClose(
      'second',
      results[1] ?? [],
      turned.map((v) => v * 2 - 1),
      { relative: 1e-6 },
    );
  });
});

import { describe, expect } from 'vitest';
import { layerNorm } from '../../../src/graph/ops/layerNorm';
import { add, gelu, multiply, silu, subtract } from '../../../src/graph/ops/pointwise';
import { concat, pad, permute, reshape, slice } from '../../../src/graph/ops/views';
import { setting } from '../../../src/graph/tensor';
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

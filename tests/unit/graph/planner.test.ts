import { describe, expect } from 'vitest';
import { GpuError } from '../../../src/gpu/errors';
import { attention } from '../../../src/graph/ops/attention';
import { layerNorm } from '../../../src/graph/ops/layerNorm';
import { matmul } from '../../../src/graph/ops/matmul';
import {
  add,
  gelu,
  multiply,
  negate,
  sigmoid,
  subtract,
  where,
} from '../../../src/graph/ops/pointwise';
import { sum } from '../../../src/graph/ops/reduce';
import { concat, pad, permute, reshape, slice } from '../../../src/graph/ops/views';
import { MAX_STORAGE_BUFFERS } from '../../../src/graph/plan/materialise';
import { planProgram, type Plan } from '../../../src/graph/plan/plan';
import { SettingsLayout } from '../../../src/graph/plan/settings';
import {
  constant,
  makeTensor,
  read,
  setting,
  variable,
  type Tensor,
} from '../../../src/graph/tensor';
import { expectClose } from '../../support/compare';
import {
  evaluate,
  evaluateProgram,
  feed,
  KERNEL_CHOICES,
  sharedEngine,
} from '../../support/evaluate';
import { test } from '../../support/gpu';
import { randomValues } from '../../support/random';

const [choice] = KERNEL_CHOICES;
if (!choice) throw new Error('no kernel choice');

const planOf = (outputs: readonly Tensor[]): Plan =>
  planProgram(
    {
      name: 'test',
      assign: outputs.map((value) => ({ variable: variable('out', value.shape), value })),
    },
    choice,
    new SettingsLayout(),
  );

/** The most storage buffers that one dispatch of a plan binds. */
const mostBuffers = (plan: Plan): number =>
  Math.max(
    ...plan.dispatches.map(({ kernel }) => {
      const stores = kernel.generated.filter(
        ({ kind }) => kind === 'tensor' || kind === 'variable',
      );
      return kernel.own.length + stores.length;
    }),
  );

/** Index of a random step: a repeatable whole number below `n`. */
const picker = (seed: number): ((n: number) => number) => {
  const draws = randomValues(400, seed);
  let position = 0;
  return (n) => Math.floor(Math.abs((draws[position++ % draws.length] ?? 0) * 1000)) % n;
};

/** Twenty random operations on (6, 6) tensors, each reading any of those before it. */
const randomGraph = (seed: number, inputs: readonly Tensor[]): Tensor[] => {
  const pick = picker(seed);
  const nodes = [...inputs];
  const any = (): Tensor => nodes[pick(nodes.length)] ?? constant(0);
  const makers: (() => Tensor)[] = [
    () => sigmoid(any()),
    () => add(any(), any()),
    () => subtract(any(), sigmoid(any())),
    () => multiply(sigmoid(any()), sigmoid(any())),
    () => permute(any(), [1, 0]),
    () => concat([slice(any(), 1, 2, 4), slice(any(), 1, 0, 2)], 1),
    () => pad(slice(any(), 0, 1, 3), 0, 2, 6),
    () => reshape(permute(reshape(any(), [2, 3, 6]), [2, 0, 1]), [6, 6]),
    () => sigmoid(add(any(), sum(any(), [0]))),
    () => add(gelu(any()), sum(any(), [1], { keepAxes: true })),
    () => layerNorm(any()),
    () => layerNorm(matmul(any(), sigmoid(any()))),
  ];
  for (let i = 0; i < 20; i++) nodes.push((makers[pick(makers.length)] ?? any)());
  return nodes.slice(inputs.length);
};

describe('fusion changes no value', () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    test(`random graph ${seed}: its end alone, and with every step stored`, async ({ gpu }) => {
      const inputs = [1, 2, 3].map((i) => feed([6, 6], randomValues(36, 10 * seed + i)));
      const nodes = randomGraph(
        seed,
        inputs.map(({ tensor }) => tensor),
      );
      const ends = nodes.slice(-2);
      const fused = await evaluate(gpu, ends, inputs);
      const stored = await evaluate(gpu, nodes, inputs);
      const tolerance = { relative: 1e-5, absolute: 1e-6 };
      fused.forEach((values, i) => {
        expectClose(`end ${i}`, values, stored.at(i - 2) ?? [], tolerance);
      });
      expect(mostBuffers(planOf(ends))).toBeLessThanOrEqual(MAX_STORAGE_BUFFERS);
      expect(mostBuffers(planOf(nodes))).toBeLessThanOrEqual(MAX_STORAGE_BUFFERS);
    });
  }
});

describe('limits', () => {
  test('a sum of twenty inputs, and a concatenation of as many', async ({ gpu }) => {
    const inputs = Array.from({ length: 20 }, (_, i) => feed([3], [i, 2 * i, i * i]));
    const tensors = inputs.map(({ tensor }) => tensor);
    const total = tensors.reduce((a, b) => add(a, b));
    const joined = concat(tensors, 0);
    expect(mostBuffers(planOf([total, joined]))).toBeLessThanOrEqual(MAX_STORAGE_BUFFERS);
    const results = await evaluate(gpu, [total, joined], inputs);
    expect([...(results[0] ?? [])]).toEqual([190, 380, 2470]);
    expect([...(results[1] ?? [])]).toEqual(inputs.flatMap(({ data }) => [...data]));
  });

  test("a product's epilogue that reads the operands again", async ({ gpu }) => {
    const inputs = [1, 2, 3, 4, 5].map((seed) => feed([4, 4], randomValues(16, seed)));
    const [a, b, c, d, e] = inputs.map(({ tensor }) => tensor);
    if (!a || !b || !c || !d || !e) throw new Error('five inputs');
    const y = matmul(a, b);
    const z = add(add(multiply(y, a), multiply(b, c)), d);
    const w = add(multiply(z, y), e);
    const outputs = [y, z, w, add(w, c), subtract(w, a), multiply(w, z)];
    expect(mostBuffers(planOf(outputs))).toBeLessThanOrEqual(MAX_STORAGE_BUFFERS);
    const results = await evaluate(gpu, outputs, inputs);
    const [av, bv, cv, dv, ev] = inputs.map(({ data }) => [...data]);
    const at = (values: readonly number[] | undefined, i: number) => values?.[i] ?? NaN;
    const product = Array.from({ length: 16 }, (_, i) =>
      [0, 1, 2, 3].reduce((s, k) => s + at(av, (i >> 2) * 4 + k) * at(bv, k * 4 + (i % 4)), 0),
    );
    const zs = product.map((v, i) => v * at(av, i) + at(bv, i) * at(cv, i) + at(dv, i));
    const ws = zs.map((v, i) => v * at(product, i) + at(ev, i));
    expectClose('z', results[1] ?? [], zs, { relative: 1e-5 });
    expectClose('w', results[2] ?? [], ws, { relative: 1e-5 });
    const last = ws.map((v, i) => v * at(zs, i));
    expectClose('w z', results[5] ?? [], last, { relative: 1e-5 });
  });
});

describe('memory', () => {
  test('a deep chain shares its temporaries and stays right', async ({ gpu }) => {
    const x = feed([8, 8], randomValues(64, 7));
    let y = x.tensor;
    let twin = [...x.data];
    for (let i = 0; i < 12; i++) {
      y = layerNorm(add(y, i));
      const old = twin;
      twin = old.map((_, j) => {
        const row = old.slice(8 * Math.floor(j / 8), 8 * Math.floor(j / 8) + 8).map((v) => v + i);
        const mean = row.reduce((a, b) => a + b) / 8;
        const variance = row.reduce((a, b) => a + (b - mean) ** 2, 0) / 8;
        return ((row[j % 8] ?? 0) - mean) / Math.sqrt(variance + 1e-5);
      });
    }
    const { results, program } = await evaluateProgram(gpu, [y], [x]);
    expectClose('chain', results[0] ?? [], twin, { relative: 1e-4 });
    const { temporaryBytes, temporaryBytesWithoutReuse } = program.cost;
    expect(temporaryBytesWithoutReuse).toBeGreaterThanOrEqual(11 * 64 * 4);
    expect(temporaryBytes).toBeLessThanOrEqual(3 * 64 * 4);
  });

  test('no two values that are alive at once share a slot', () => {
    const x = read(variable('x', [2, 4, 12]));
    const [a, b] = [layerNorm(x), layerNorm(multiply(x, 2))];
    const y = add(matmul(a, b, { transposeB: true }), 1);
    const z = attention(matmul(layerNorm(y), b), 2);
    const plan = planOf([add(sum(z, [1]), sum(slice(a, 2, 0, 4), [1]))]);
    const order = plan.dispatches.map(({ unit }) => unit);
    const lives = [...plan.slots.slotOf].map(([tensor, slot]) => ({
      slot,
      from: order.findIndex((unit) => unit.written.has(tensor)),
      to: order.findLastIndex((unit) => unit.reads.has(tensor)),
    }));
    expect(lives.length).toBeGreaterThan(4);
    for (const [i, one] of lives.entries()) {
      for (const other of lives.slice(i + 1)) {
        const apart = one.to < other.from || other.to < one.from;
        if (one.slot === other.slot) expect(apart).toBe(true);
      }
    }
  });

  test('a unit names every value that it reads, also one that is stored for a later reader', () => {
    const [a, b, c, d, e, f] = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) =>
      read(variable(name, [64])),
    ) as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
    const shared = add(a, b);
    const early = negate(shared);
    // Six leaves are too many for one expression, so `shared` is stored after `early` was judged.
    const wide = where(shared, add(c, d), add(e, f));
    const plan = planOf([sum(wide), sum(multiply(early, early))]);
    expect(plan.slots.slotOf.has(shared)).toBe(true);
    for (const { unit, kernel } of plan.dispatches) {
      for (const binding of kernel.generated) {
        if (binding.kind !== 'tensor' || unit.written.has(binding.tensor)) continue;
        expect(unit.reads).toContain(binding.tensor);
      }
    }
  });

  test('freed variables give their bytes back', ({ gpu }) => {
    const { memory } = sharedEngine(gpu, choice);
    const before = memory.bytes;
    const held = variable('held', [1000]);
    memory.write(held, new Float32Array(1000));
    expect(memory.bytes).toBe(before + 4000);
    memory.free([held]);
    expect(memory.bytes).toBe(before);
    expect(() => {
      memory.write(held, new Float32Array(3));
    }).toThrow('held holds 1000 values, got 3.');
    memory.free([held]);
  });
});

describe('results', () => {
  test('a program may read what it assigns, also crosswise', async ({ gpu }) => {
    const engine = sharedEngine(gpu, choice);
    const [x, y, copy] = ['x', 'y', 'copy'].map((name) => variable(name, [3])) as [
      ReturnType<typeof variable>,
      ReturnType<typeof variable>,
      ReturnType<typeof variable>,
    ];
    const swap = await engine.prepare({
      name: 'swap',
      assign: [
        { variable: x, value: add(read(y), 1) },
        { variable: y, value: read(x) },
        { variable: copy, value: read(y) },
      ],
    });
    engine.memory.write(x, Float32Array.of(1, 2, 3));
    engine.memory.write(y, Float32Array.of(10, 20, 30));
    const recording = engine.record().run(swap).run(swap);
    const results = await recording.read(x).read(y).read(copy).submit();
    expect(results.map((values) => [...values])).toEqual([
      [2, 3, 4],
      [11, 21, 31],
      [1, 2, 3],
    ]);
    swap.destroy();
    engine.memory.free([x, y, copy]);
  });

  test('constants and settings are results too', async ({ gpu }) => {
    const outputs = [constant(2.5), reshape(setting('a'), [1]), setting('b', 'u32')];
    const results = await evaluate(gpu, outputs, [], { settings: { a: 7, b: { u32: 9 } } });
    expect([results[0]?.[0], results[1]?.[0]]).toEqual([2.5, 7]);
    expect(new Uint32Array(results[2]?.buffer ?? new ArrayBuffer(4))[0]).toBe(9);
  });

  test('several results write windows of one variable, wherever they begin', async ({ gpu }) => {
    const engine = sharedEngine(gpu, choice);
    const whole = variable('whole', [200]);
    const window = (offset: number, size: number) => ({
      ...variable(`window ${offset}`, [size]),
      window: { of: whole, offset },
    });
    const x = variable('x', [5]);
    const program = await engine.prepare({
      name: 'windows',
      assign: [
        { variable: window(0, 5), value: add(read(x), 1) },
        { variable: window(64, 5), value: multiply(read(x), 2) },
        { variable: window(69, 5), value: subtract(read(x), 3) },
        { variable: window(128, 5), value: read(x) },
      ],
    });
    const values = Float32Array.of(1, 2, 3, 4, 5);
    const [result] = await engine
      .record()
      .run(program, {}, [[x, values]])
      .read(whole)
      .submit();
    const expected = new Float32Array(200);
    values.forEach((v, i) => {
      [expected[i], expected[64 + i]] = [v + 1, v * 2];
      [expected[69 + i], expected[128 + i]] = [v - 3, v];
    });
    expect(result).toEqual(expected);

    const inner = { ...variable('inner', [3]), window: { of: window(64, 10), offset: 4 } };
    const [seen] = await evaluate(gpu, [add(read(inner), 0)], []);
    expect([...(seen ?? [])]).toEqual([10, -2, -1]);
    program.destroy();
    engine.memory.free([whole, x]);
  });

  test('a result that another one in the same variable is computed from', async ({ gpu }) => {
    const engine = sharedEngine(gpu, choice);
    const whole = variable('whole', [128]);
    const window = (offset: number, shape: number[]) => ({
      ...variable(`window ${offset}`, shape),
      window: { of: whole, offset },
    });
    const x = variable('x', [3, 3]);
    // One dispatch may not bind a buffer to read and to write it, wherever in it that is.
    const first = matmul(read(x), read(x));
    const program = await engine.prepare({
      name: 'windows that read windows',
      assign: [
        { variable: window(0, [3, 3]), value: first },
        { variable: window(64, [3, 3]), value: matmul(first, read(x)) },
      ],
    });
    const values = Float32Array.of(1, 2, 0, 0, 1, 0, 1, 0, 3);
    const [result] = await engine
      .record()
      .run(program, {}, [[x, values]])
      .read(whole)
      .submit();
    expect([...(result ?? [])].slice(0, 9)).toEqual([1, 4, 0, 0, 1, 0, 4, 2, 9]);
    expect([...(result ?? [])].slice(64, 73)).toEqual([1, 6, 0, 0, 1, 0, 13, 10, 27]);
    program.destroy();
    engine.memory.free([whole, x]);
  });

  test('the same bits on every run', async ({ gpu }) => {
    const engine = sharedEngine(gpu, choice);
    const x = feed([37, 29], randomValues(37 * 29, 3));
    const y = variable('y', []);
    const value = sum(multiply(layerNorm(matmul(x.tensor, x.tensor, { transposeA: true })), 3));
    const program = await engine.prepare({ name: 'twice', assign: [{ variable: y, value }] });
    engine.memory.write(x.variable, x.data);
    const runs = [];
    for (let i = 0; i < 3; i++) runs.push(await engine.record().run(program).read(y).submit());
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]).toEqual(runs[0]);
    program.destroy();
    engine.memory.free([x.variable, y]);
  });

  test('settings take effect without compiling anything', async ({ gpu }) => {
    const engine = sharedEngine(gpu, choice);
    const y = variable('y', [1]);
    const value = reshape(multiply(add(setting('rate'), setting('shift')), 2), [1]);
    const program = await engine.prepare({ name: 'rate', assign: [{ variable: y, value }] });
    const { pipelineCount } = engine;
    const seen: (number | undefined)[] = [];
    for (const rate of [1, 5, -2]) {
      const [result] = await engine.record().run(program, { rate, shift: 0.5 }).read(y).submit();
      seen.push(result?.[0]);
    }
    expect(seen).toEqual([3, 11, -3]);
    expect(engine.pipelineCount).toBe(pipelineCount);
    program.destroy();
    engine.memory.free([y]);
  });

  test('an input of the wrong length is refused by name', async ({ gpu }) => {
    const engine = sharedEngine(gpu, choice);
    const [x, y] = [variable('prices', [3]), variable('y', [3])];
    const spec = { name: 'wrong', assign: [{ variable: y, value: add(read(x), 1) }] };
    const program = await engine.prepare(spec);
    const recording = engine.record().run(program, {}, [[x, new Float32Array(2)]]);
    expect(() => recording.submit()).toThrow('prices takes 3 values, got 2.');
    program.destroy();
    engine.memory.free([x, y]);
  });
});

test('a kernel that the GPU refuses is named, with what the compiler says', async ({ gpu }) => {
  const broken = makeTensor({
    operation: 'broken',
    shape: [1],
    inputs: [],
    lowering: {
      kind: 'kernel',
      kernel: {
        family: 'test',
        operands: [],
        dispatches: () => [
          { source: 'fn main() { unheard_of(); }', shape: [1], workgroups: [1, 1, 1] },
        ],
      },
    },
  });
  const failure = await evaluate(gpu, [broken], []).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(GpuError);
  expect((failure as GpuError).code).toBe('invalid');
  expect((failure as GpuError).message).toMatch(/broken.*unheard_of/s);
});

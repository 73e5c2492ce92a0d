import { GpuError } from '../gpu/errors';
import type { Engine } from './engine';
import type { HostArray } from './memory';
import { layerNorm } from './ops/layerNorm';
import { matmul } from './ops/matmul';
import { sum } from './ops/reduce';
import { PhiloxStream } from './philox';
import { elementCount, type Shape } from './shape';
import { read, variable, type Tensor, type Variable } from './tensor';

/** Something to compute whose results are known, for a variant that an adapter may get wrong. */
export interface Trial {
  readonly value: Tensor;
  readonly inputs: readonly (readonly [Variable, HostArray])[];
  /** Its elements in float64, and by how much each may be off. */
  readonly expected: readonly number[];
  readonly allowed: readonly number[];
}

/**
 * The bound on each element of C = A B with operands in half precision, of S = sum_k |a_k b_k|. With
 * u = 2^-11, half an ulp: both operands are rounded (2u), each product is, and so are the three
 * additions of a run of four (4u); 6u S in all if numbers are rounded to the nearest. 8u leaves room
 * for what is rounded otherwise, and none for a number that is left out.
 */
const HALF_RELATIVE = 8 * 2 ** -11;
/** Below 2^-14 half precision has fixed steps of 2^-24: each operand and each product may be off by one. */
const HALF_STEP = 2 ** -24;
/** Of a sum in f32, of sum_k |x_k|: 64 roundings, more than any lane and its tree make of 200 values. */
const SINGLE_RELATIVE = 64 * 2 ** -24;
/** Of a normalised value, which is of size 1. */
const NORMAL_ABSOLUTE = 1e-4;

const SEED = 16;

/**
 * Normal numbers whose rows differ in size by powers of two from 2^least to 2^most, so that large and
 * small ones meet.
 */
const spread = (
  [rows, width]: readonly [number, number],
  least: number,
  most: number,
  stream: number,
): Float32Array<ArrayBuffer> => {
  const random = new PhiloxStream(SEED, stream, 0);
  const scaleOf = (row: number): number => 2 ** (least + ((5 * row) % (most - least + 1)));
  return Float32Array.from(
    { length: rows * width },
    (_, index) => scaleOf(Math.floor(index / width)) * random.normal(),
  );
};

const input = (shape: Shape, values: Float32Array<ArrayBuffer>) => {
  if (values.length !== elementCount(shape)) throw new RangeError(`A trial of [${shape.join()}].`);
  const held = variable('trial', shape);
  return { tensor: read(held), given: [held, values] as const };
};

/** x W' of each of a batch, as linear layers are computed: x (batch, m, k), W (batch, n, k). */
const productTrial = (batch: number, m: number, n: number, k: number): Trial => {
  const left = spread([batch * m, k], -12, 5, 0);
  const right = spread([batch * n, k], -9, 3, 1);
  const [x, w] = [input([batch, m, k], left), input([batch, n, k], right)];
  const [expected, allowed]: [number[], number[]] = [[], []];
  for (let at = 0; at < batch * m * n; at++) {
    const row = Math.floor(at / n);
    const column = Math.floor(row / m) * n + (at % n);
    let [value, size, steps] = [0, 0, k];
    for (let i = 0; i < k; i++) {
      const [a, b] = [left[row * k + i] ?? NaN, right[column * k + i] ?? NaN];
      value += a * b;
      size += Math.abs(a * b);
      steps += Math.abs(a) + Math.abs(b);
    }
    expected.push(value);
    allowed.push(HALF_RELATIVE * size + HALF_STEP * steps);
  }
  return {
    value: matmul(x.tensor, w.tensor, { transposeB: true }),
    inputs: [x.given, w.given],
    expected,
    allowed,
  };
};

/** A sum of each row, and the row normalised: one sum across lanes, and two that follow each other. */
const rowTrials = (rows: number, width: number): Trial[] => {
  const values = spread([rows, width], -12, 12, 2);
  const of = (row: number) => [...values.subarray(row * width, (row + 1) * width)];
  const all = Array.from({ length: rows }, (_, row) => of(row));
  const total = (row: readonly number[]) => row.reduce((a, b) => a + b, 0);
  const normalised = (row: readonly number[]): number[] => {
    const mean = total(row) / width;
    const variance = total(row.map((value) => (value - mean) ** 2)) / width;
    return row.map((value) => (value - mean) / Math.sqrt(variance + 1e-5));
  };
  const [summed, normal] = [input([rows, width], values), input([rows, width], values)];
  return [
    {
      value: sum(summed.tensor, [1]),
      inputs: [summed.given],
      expected: all.map(total),
      allowed: all.map((row) => SINGLE_RELATIVE * total(row.map(Math.abs))),
    },
    {
      value: layerNorm(normal.tensor),
      inputs: [normal.given],
      expected: all.flatMap(normalised),
      allowed: all.flatMap((row) => row.map(() => NORMAL_ABSOLUTE)),
    },
  ];
};

/** For products: both tiles, with an edge in each. */
export const productTrials = (): Trial[] => [
  productTrial(1, 68, 36, 76),
  productTrial(256, 4, 4, 36),
];

/** For sums across lanes: fewer values than lanes, one more, and several rounds of them. */
export const sumTrials = (): Trial[] => [3, 65, 200].flatMap((width) => rowTrials(5, width));

/** Runs a trial twice, and says whether both results are right and the same to the last bit. */
const isPassed = async (engine: Engine, trial: Trial): Promise<boolean> => {
  const { value, inputs, expected, allowed } = trial;
  const result = variable('result', value.shape);
  const program = await engine.prepare({ name: 'trial', assign: [{ variable: result, value }] });
  try {
    const run = () => engine.record().run(program, {}, inputs).read(result).submit();
    const [[first], [second]] = [await run(), await run()];
    return expected.every((wanted, index) => {
      const got = first?.[index] ?? NaN;
      // Of NaN neither is true.
      return Math.abs(got - wanted) <= (allowed[index] ?? 0) && got === second?.[index];
    });
  } finally {
    program.destroy();
    engine.memory.free([result, ...inputs.map(([held]) => held)]);
  }
};

const refusal = (error: unknown): false => {
  if (error instanceof GpuError) return false;
  throw error;
};

/** Whether an engine's variants compile on its adapter and compute what they should; never a GpuError. */
export const passes = async (engine: Engine, trials: readonly Trial[]): Promise<boolean> => {
  const passed = await Promise.all(trials.map((trial) => isPassed(engine, trial).catch(refusal)));
  return !passed.includes(false);
};

import columnsSerial from '../../../shaders/reduce/columns_serial.wgsl?raw';
import columnsTree from '../../../shaders/reduce/columns_tree.wgsl?raw';
import stageFirst from '../../../shaders/reduce/stage_first.wgsl?raw';
import stageLast from '../../../shaders/reduce/stage_last.wgsl?raw';
import stageOnly from '../../../shaders/reduce/stage_only.wgsl?raw';
import sumColumns from '../../../shaders/reduce/sum_columns.wgsl?raw';
import sumRows from '../../../shaders/reduce/sum_rows.wgsl?raw';
import {
  ceilDivide,
  spreadWorkgroups,
  type Dispatch,
  type KernelChoice,
  type KernelLowering,
} from '../kernel';
import { elementCount, refuseShapes, sameShape, type Shape } from '../shape';
import { makeTensor, tensorSize, type Tensor } from '../tensor';
import { rowDispatch } from './lanes';
import { multiply, square, subtract } from './pointwise';
import { broadcastTo, reshape } from './views';

/**
 * Columns per workgroup of the two column files; a unit test pins them to the WGSL constants. Subgroups
 * lie across columns and have nothing to sum.
 */
export const COLUMNS_PER_WORKGROUP = { tree: 16, subgroup: 16, serial: 64 } as const;

/** Values that one chunk of a cut reduction holds at least, for rows and for columns. */
const CHUNK = { rows: 2048, columns: 2048 } as const;
/** With this many results there is work for every core already, and nothing is cut. */
const BUSY_RESULTS = 8192;
const MAX_PARTS = 256;

export interface ReduceOptions {
  /** Reduced axes stay, with size 1. Default false: they are dropped. */
  readonly keepAxes?: boolean;
}

/** A tensor seen as (outer, length, inner), of which `length` is summed. */
interface Span {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
}

/** How many chunks to cut `length` into, so that a few long sums keep a whole GPU busy. */
const partsOf = ({ outer, length, inner }: Span): number => {
  const chunk = inner === 1 ? CHUNK.rows : CHUNK.columns;
  if (length <= 2 * chunk || outer * inner >= BUSY_RESULTS) return 1;
  return Math.min(MAX_PARTS, ceilDivide(length, chunk));
};

/** One dispatch that sums each of `parts` chunks of every row or column of a span. */
const sumDispatch = (
  choice: KernelChoice,
  { outer, length, inner }: Span,
  parts: number,
  stage: string,
): Omit<Dispatch, 'uses'> => {
  const shape = [outer, length, inner, parts, ceilDivide(length, parts)];
  const results = outer * parts * inner;
  if (inner === 1) {
    return { ...rowDispatch(choice, `${stage}\n${sumRows}`, results), shape };
  }
  const columns = choice.reduce === 'serial' ? columnsSerial : columnsTree;
  return {
    source: `${columns}\n${stage}\n${sumColumns}`,
    shape,
    workgroups: spreadWorkgroups(ceilDivide(results, COLUMNS_PER_WORKGROUP[choice.reduce])),
  };
};

const sumKernel = (span: Span): KernelLowering => {
  const parts = partsOf(span);
  const common = {
    family: 'reduce/sum',
    operands: [{ name: 'x', access: 'value' }],
    flops: span.outer * span.length * span.inner,
  } as const;
  if (parts === 1) {
    const dispatch = (choice: KernelChoice, outer: number): Dispatch =>
      sumDispatch(choice, { ...span, outer }, 1, stageOnly);
    return {
      ...common,
      dispatches: (choice) => [dispatch(choice, span.outer)],
      stack: { key: `sum ${span.length} x ${span.inner}`, outer: span.outer, dispatch },
    };
  }
  return {
    ...common,
    scratch: [[span.outer, parts, span.inner]],
    dispatches: (choice) => [
      { ...sumDispatch(choice, span, parts, stageFirst), uses: { store: false } },
      {
        ...sumDispatch(choice, { ...span, length: parts }, 1, stageLast),
        uses: { operands: [] },
      },
    ],
  };
};

/** Sums the neighbouring axes first..last of x; `shape` is the result's, reduced axes kept or not. */
const sumRun = (x: Tensor, first: number, last: number, shape: Shape): Tensor => {
  const span = {
    outer: elementCount(x.shape.slice(0, first)),
    length: elementCount(x.shape.slice(first, last + 1)),
    inner: elementCount(x.shape.slice(last + 1)),
  };
  if (span.length === 1) return reshape(x, shape);
  const kept = x.shape.map((size, axis) => (axis >= first && axis <= last ? 1 : size));
  return makeTensor({
    operation: 'sum',
    shape,
    inputs: [x],
    gradient: (gradient) => [broadcastTo(reshape(gradient, kept), x.shape)],
    onnx: (emitter) => {
      const axes = Array.from({ length: last - first + 1 }, (_, index) => first + index);
      const total = emitter.node('ReduceSum', [emitter.value(x), emitter.integers(axes)], {
        keepdims: 1,
      });
      return emitter.reshape(total, kept, shape);
    },
    lowering: { kind: 'kernel', kernel: sumKernel(span) },
  });
};

/** Axes counted from 0, in order and once each. Throws ShapeError for an axis that is not there. */
const resolveAxes = (
  operation: string,
  x: Tensor,
  axes: readonly number[] | undefined,
): number[] => {
  const rank = x.shape.length;
  const resolved = (axes ?? x.shape.map((_, axis) => axis)).map((axis) => {
    const counted = axis < 0 ? axis + rank : axis;
    if (!Number.isInteger(counted) || counted < 0 || counted >= rank) {
      refuseShapes(operation, [x.shape], `there is no axis ${axis}`);
    }
    return counted;
  });
  return [...new Set(resolved)].sort((a, b) => a - b);
};

/** Runs [first, last] of axes with nothing but size 1 between them. */
const runsOf = (shape: Shape, axes: readonly number[]): [number, number][] => {
  const runs: [number, number][] = [];
  for (const axis of axes) {
    const run = runs.at(-1);
    if (run && elementCount(shape.slice(run[1] + 1, axis)) === 1) run[1] = axis;
    else runs.push([axis, axis]);
  }
  return runs;
};

/**
 * Sum of x over `axes` (default: all; negative axes count from the end), in a fixed order of
 * additions. Shape: that of x without the axes, or with size 1 there when `keepAxes` is set.
 * Throws ShapeError for an axis that x does not have.
 */
export const sum = (
  x: Tensor,
  axes?: readonly number[],
  { keepAxes = false }: ReduceOptions = {},
): Tensor => {
  const reduced = resolveAxes('sum', x, axes);
  const shape = keepAxes
    ? x.shape.map((size, axis) => (reduced.includes(axis) ? 1 : size))
    : x.shape.filter((_, axis) => !reduced.includes(axis));
  const runs = runsOf(x.shape, reduced);
  if (runs.length === 0) return x;

  let result = x;
  for (const [count, [first, last]] of runs.reverse().entries()) {
    const kept = result.shape.map((size, axis) => (axis >= first && axis <= last ? 1 : size));
    result = sumRun(result, first, last, count === runs.length - 1 ? shape : kept);
  }
  return result;
};

/** Mean of x over `axes`; axes, shapes and errors as `sum`. */
export const mean = (x: Tensor, axes?: readonly number[], options: ReduceOptions = {}): Tensor => {
  const total = sum(x, axes, options);
  return multiply(total, tensorSize(total) / tensorSize(x));
};

/**
 * The adjoint of broadcasting: sums `gradient` over the axes along which `shape` was stretched
 * (leading axes that it lacks, and its axes of size 1). Returns the input when nothing was.
 */
export const sumTo = (gradient: Tensor, shape: Shape): Tensor => {
  if (sameShape(gradient.shape, shape)) return gradient;
  const extra = gradient.shape.length - shape.length;
  const stretched = gradient.shape.flatMap((size, axis) =>
    axis < extra || (size !== 1 && shape[axis - extra] === 1) ? [axis] : [],
  );
  return reshape(sum(gradient, stretched, { keepAxes: true }), shape);
};

/** Mean and variance of each sample; both (B). */
export interface Moments {
  readonly mean: Tensor;
  readonly variance: Tensor;
}

/**
 * Mean and unbiased variance over all n values of each sample of x (B, ...):
 *   mean_i = 1/n sum_j x_ij,  variance_i = 1/(n - 1) sum_j (x_ij - mean_i)^2.
 * Two passes, since the one-pass form cancels in f32. Throws ShapeError unless n > 1.
 */
export const meanAndVariance = (x: Tensor): Moments => {
  const samples = x.shape[0] ?? 1;
  const values = tensorSize(x) / samples;
  if (x.shape.length < 2 || values < 2) {
    refuseShapes('meanAndVariance', [x.shape], 'needs (samples, ...) with several values a sample');
  }
  const axes = x.shape.slice(1).map((_, axis) => axis + 1);
  const kept = mean(x, axes, { keepAxes: true });
  const squares = sum(square(subtract(x, kept)), axes);
  return {
    mean: reshape(kept, [samples]),
    variance: multiply(squares, 1 / (values - 1)),
  };
};

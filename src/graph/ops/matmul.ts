import loads from '../../../shaders/linalg/matmul_loads.wgsl?raw';
import anySource from '../../../shaders/linalg/matmul_any.wgsl?raw';
import biasOff from '../../../shaders/linalg/bias_off.wgsl?raw';
import biasOn from '../../../shaders/linalg/bias_on.wgsl?raw';
import lanesSource from '../../../shaders/linalg/matmul_lanes.wgsl?raw';
import biasParts from '../../../shaders/linalg/bias_parts.wgsl?raw';
import blockedSource from '../../../shaders/linalg/matmul_blocked.wgsl?raw';
import rowSumsOff from '../../../shaders/linalg/row_sums_off.wgsl?raw';
import rowSumsOn from '../../../shaders/linalg/row_sums_on.wgsl?raw';
import tiledSource from '../../../shaders/linalg/matmul_tiled.wgsl?raw';
import { ceilDivide, type Dispatch, type KernelChoice, type KernelLowering } from '../kernel';
import type { OnnxEmitter } from '../onnx';
import { elementCount, refuseShapes, sameShape, type Shape } from '../shape';
import { makeTensor, type Scattered, type Tensor } from '../tensor';
import { MATMUL_TILES, variantOf, type Variant } from './tiles';
import { reshape } from './views';

/** Which operands are read transposed (their last two axes swapped). */
export interface Transposes {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/** Sizes of one product: C (batch, m, n) from A (batch, m, k) and B (batch, k, n). */
export interface Product extends Required<Transposes> {
  readonly batch: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** Elements between batches of each operand. */
  readonly strideA: number;
  readonly strideB: number;
  /** Which entry of b serves product i: the smaller of floor(i / first) and last. */
  readonly entryB: { readonly first: number; readonly last: number };
  /** Shape of the result as the caller sees it. */
  readonly shape: Shape;
  /** True when leading axes of `a` were folded into m. */
  readonly folded: boolean;
  /** Of a gradient, which may lie below what half precision can tell from zero: in f32 always. */
  readonly ofGradient: boolean;
}

/** Default limit on workgroups along one axis of a grid. */
const MAX_BATCH = 65535;

const VECTOR = 4;

/** The sizes of a product. Throws ShapeError where they disagree. */
export const productOf = (
  a: Tensor,
  b: Tensor,
  transposes: Transposes,
  ofGradient = false,
): Product => {
  const { transposeA = false, transposeB = false } = transposes;
  const refuse = (reason: string): never => refuseShapes('matmul', [a.shape, b.shape], reason);
  if (a.shape.length < 2 || b.shape.length < 2) refuse('both need at least two axes');
  const lead = a.shape.slice(0, -2);
  const folded = b.shape.length === 2;
  if (folded && transposeA && lead.length > 0) {
    refuse('a transposed first operand with leading axes needs a second with the same ones');
  }
  if (!folded && !sameShape(lead, b.shape.slice(0, -2))) refuse('the leading axes differ');
  const [rowsA = 1, columnsA = 1] = a.shape.slice(-2);
  const [rowsB = 1, columnsB = 1] = b.shape.slice(-2);
  const [m, k] = transposeA ? [columnsA, rowsA] : [rowsA, columnsA];
  const [kB, n] = transposeB ? [columnsB, rowsB] : [rowsB, columnsB];
  if (k !== kB) {
    const text = (name: string, transposed: boolean) => `${name}${transposed ? ' transposed' : ''}`;
    refuse(
      `${text('first', transposeA)} has ${k} columns, ${text('second', transposeB)} has ${kB} rows`,
    );
  }
  const count = elementCount(lead);
  if (!folded && count > MAX_BATCH) refuse(`more than ${MAX_BATCH} products in a batch`);
  const scattered = scatteredOf(b);
  return {
    transposeA,
    transposeB,
    batch: folded ? 1 : count,
    m: folded ? m * count : m,
    n,
    k,
    strideA: m * k,
    strideB: scattered?.stride ?? k * n,
    entryB: scattered ?? { first: 1, last: MAX_BATCH },
    shape: [...lead, m, n],
    folded: folded && lead.length > 0,
    ofGradient,
  };
};

/** Where the entries of an operand lie in its own input, if apart; see `perPart`. */
const scatteredOf = ({ lowering }: Tensor): Scattered | undefined =>
  lowering.kind === 'pointwise' ? lowering.scattered : undefined;

/** What the kernel binds of an operand. */
export const memoryOf = (operand: Tensor): Tensor =>
  (scatteredOf(operand) && operand.inputs[0]) ?? operand;

/** Whether all loads can be vec4: see matmul_loads.wgsl. */
export const isVector = ({
  m,
  n,
  k,
  transposeA,
}: Pick<Product, 'm' | 'n' | 'k' | 'transposeA'>): boolean =>
  [k, n, transposeA ? m : k].every((size) => size % VECTOR === 0);

/** What a product does besides multiplying. */
interface Ends {
  /** Adds a bias (N) to every row, or (batch, N) to those of each product. */
  readonly bias?: boolean;
  /** Also sums the rows of the first operand. */
  readonly rowSums?: boolean;
}

const FILES = { lanes: lanesSource, loads, blocked: blockedSource, tiled: tiledSource };

const dispatchOf = (product: Product, choice: KernelChoice, ends: Ends): Dispatch => {
  const { m, n, k, batch, strideA, strideB, entryB, transposeA, transposeB } = product;
  const before = [
    `const TRANSPOSE_A: bool = ${transposeA};`,
    `const TRANSPOSE_B: bool = ${transposeB};`,
    ends.bias ? (batch > 1 ? biasParts : biasOn) : biasOff,
    ends.rowSums ? rowSumsOn : rowSumsOff,
  ].join('\n');
  const { tile, source, enables }: Variant = isVector(product)
    ? variantOf(choice, product, FILES, !product.ofGradient)
    : { source: anySource, tile: MATMUL_TILES.any };
  return {
    source: `${before}\n${source}`,
    ...(enables && { enables }),
    shape: [m, n, k, strideA, strideB, entryB.first, entryB.last],
    workgroups: [ceilDivide(n, tile.n), ceilDivide(m, tile.m), batch],
  };
};

/**
 * Matrix product of the last two axes: a (..., M, K) and b (..., K, N) to (..., M, N), where
 * `transposeA` says that a is (..., K, M) and `transposeB` that b is (..., N, K). Leading axes must
 * agree, or b has none and serves all rows of a. Bias, activation, gate and residual that follow are
 * fused by the planner. Throws ShapeError where sizes disagree.
 */
export const matmul = (a: Tensor, b: Tensor, transposes: Transposes = {}): Tensor =>
  multiplied(a, b, productOf(a, b, transposes));

/** The same where an operand is a gradient: in f32 whatever was chosen. */
export const gradientProduct = (a: Tensor, b: Tensor, transposes: Transposes = {}): Tensor =>
  multiplied(a, b, productOf(a, b, transposes, true));

const multiplied = (a: Tensor, b: Tensor, product: Product): Tensor =>
  makeTensor({
    operation: 'matmul',
    shape: product.shape,
    inputs: [a, memoryOf(b)],
    gradient: (dc) => [gradientOfA(b, dc, product), gradientOfB(a, dc, product)],
    onnx: (emitter) =>
      emitter.node('MatMul', [
        operandNode(emitter, a, product.transposeA),
        operandNode(emitter, b, product.transposeB),
      ]),
    lowering: { kind: 'kernel', kernel: kernelOf(product) },
  });

/** The kernel of a product; operands are a, b and, where it has one, the bias. */
export const kernelOf = (product: Product, ends: Ends = {}): KernelLowering => ({
  family: 'linalg/matmul',
  operands: [
    { name: 'a', access: 'buffer' },
    { name: 'b', access: 'buffer' },
    ...(ends.bias ? [{ name: 'bias', access: 'value', evaluations: product.m } as const] : []),
  ],
  ...(ends.rowSums && { results: ['row_sums'] }),
  dispatches: (choice) => [dispatchOf(product, choice, ends)],
  flops: 2 * product.m * product.n * product.k * product.batch,
});

/** An operand as it is multiplied: its last two axes swapped where it is read transposed. */
export const operandNode = (emitter: OnnxEmitter, x: Tensor, transposed: boolean): string => {
  if (!transposed) return emitter.value(x);
  const rank = x.shape.length;
  const perm = [...x.shape.keys()].slice(0, -2).concat(rank - 1, rank - 2);
  return emitter.node('Transpose', [emitter.value(x)], { perm });
};

/** With A' and B' the operands as they are multiplied: dA' = dC B'^T. */
const gradientOfA = (b: Tensor, dc: Tensor, { transposeA, transposeB }: Product): Tensor =>
  transposeA
    ? gradientProduct(b, dc, { transposeA: transposeB, transposeB: true })
    : gradientProduct(dc, b, { transposeB: !transposeB });

/** dB' = A'^T dC; where b served folded rows, one product over all of them. */
const gradientOfB = (a: Tensor, dc: Tensor, product: Product): Tensor => {
  const { transposeA, transposeB, folded, m, k, n } = product;
  const rowsA = folded ? reshape(a, [m, k]) : a;
  const rowsC = folded ? reshape(dc, [m, n]) : dc;
  return transposeB
    ? gradientProduct(rowsC, rowsA, { transposeA: true, transposeB: transposeA })
    : gradientProduct(rowsA, rowsC, { transposeA: !transposeA });
};

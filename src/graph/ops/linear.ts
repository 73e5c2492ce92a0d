import blockedSource from '../../../shaders/linalg/linear_gradient_blocked.wgsl?raw';
import lanesSource from '../../../shaders/linalg/linear_gradient_lanes.wgsl?raw';
import loads from '../../../shaders/linalg/linear_gradient_loads.wgsl?raw';
import tiledSource from '../../../shaders/linalg/linear_gradient_tiled.wgsl?raw';
import { ceilDivide, type Dispatch, type KernelChoice } from '../kernel';
import { refuseShapes, sameShape } from '../shape';
import { makeTensor, resultOf, type Tensor } from '../tensor';
import { gradientProduct, isVector, kernelOf, memoryOf, operandNode, productOf } from './matmul';
import { inParts } from './perPart';
import { variantOf } from './tiles';
import { reshape } from './views';

/** Of a layer from (rows, inputs) to (rows, outputs). */
interface Sizes {
  readonly rows: number;
  readonly inputs: number;
  readonly outputs: number;
}

/**
 * A linear layer y = x W' + b: x (..., in), W (out, in) as PyTorch stores it, b (out), to (..., out).
 * Its gradients are one dispatch where all loads can be vec4, else two. With W (parts, out, in) and b
 * (parts, out), as `perPart` gives them, each part of x's first axis has weights of its own; then the
 * layer is a constant to differentiation. Throws ShapeError where sizes disagree.
 */
export const linear = (x: Tensor, weight: Tensor, bias: Tensor): Tensor => {
  if (weight.shape.length === 3) return linearOfParts(x, weight, bias);
  const product = productOf(x, weight, { transposeB: true });
  const { m: rows, n: outputs, k: inputs } = product;
  if (weight.shape.length !== 2 || !sameShape(bias.shape, [outputs])) {
    refuseShapes('linear', [weight.shape, bias.shape], 'must be (out, in) and (out)');
  }
  return makeTensor({
    operation: 'linear',
    shape: product.shape,
    inputs: [x, weight, bias],
    gradient: (dy, [wantsX = false, wantsWeight = false, wantsBias = false]) => {
      if (!wantsWeight && !wantsBias) return [gradientProduct(dy, weight), null, null];
      const sizes = { rows, inputs, outputs };
      if (wantsX && isPaired(sizes)) return allGradients(x, weight, dy, sizes);
      return [wantsX ? gradientProduct(dy, weight) : null, ...parameterGradients(x, dy, sizes)];
    },
    onnx: (emitter) => {
      const operands = [emitter.value(x), operandNode(emitter, weight, true)];
      return emitter.node('Add', [emitter.node('MatMul', operands), emitter.value(bias)]);
    },
    lowering: { kind: 'kernel', kernel: kernelOf(product, { bias: true }) },
  });
};

/** One product for each part of x. */
const linearOfParts = (x: Tensor, weight: Tensor, bias: Tensor): Tensor => {
  const [parts = 1, outputs = 1] = weight.shape;
  if (!sameShape(bias.shape, [parts, outputs])) {
    refuseShapes('linear', [weight.shape, bias.shape], 'must be (parts, out, in) and (parts, out)');
  }
  const rows = reshape(inParts(x, parts), [parts, -1, x.shape.at(-1) ?? 1]);
  const product = productOf(rows, weight, { transposeB: true });
  const y = makeTensor({
    operation: 'linear',
    shape: product.shape,
    inputs: [rows, memoryOf(weight), bias],
    lowering: { kind: 'kernel', kernel: kernelOf(product, { bias: true }) },
  });
  return reshape(y, [...x.shape.slice(0, -1), outputs]);
};

/** dW = dy' x over all rows, and db, the sums of the rows of dy'. */
const parameterGradients = (
  x: Tensor,
  dy: Tensor,
  { rows, inputs, outputs }: Sizes,
): [Tensor, Tensor] => {
  const [rowsX, rowsY] = [reshape(x, [rows, inputs]), reshape(dy, [rows, outputs])];
  const product = productOf(rowsY, rowsX, { transposeA: true }, true);
  const weight = makeTensor({
    operation: 'weightGradient',
    shape: product.shape,
    inputs: [rowsY, rowsX],
    lowering: { kind: 'kernel', kernel: kernelOf(product, { rowSums: true }) },
  });
  return [weight, resultOf(weight, 'row_sums', [outputs])];
};

/** Whether linear_gradient_*.wgsl can load what it needs. */
const isPaired = ({ rows, inputs, outputs }: Sizes): boolean =>
  isVector({ m: rows, n: inputs, k: outputs, transposeA: false }) &&
  isVector({ m: outputs, n: inputs, k: rows, transposeA: true });

/** dx = dy W, dW and db in one dispatch: both products read dy, and neither fills a GPU alone. */
const allGradients = (
  x: Tensor,
  weight: Tensor,
  dy: Tensor,
  sizes: Sizes,
): [Tensor, Tensor, Tensor] => {
  const dx = makeTensor({
    operation: 'linearGradient',
    shape: x.shape,
    inputs: [dy, weight, x],
    lowering: {
      kind: 'kernel',
      kernel: {
        family: 'linalg/matmul',
        operands: [
          { name: 'dy', access: 'buffer' },
          { name: 'weight', access: 'buffer' },
          { name: 'x', access: 'buffer' },
        ],
        results: ['weight', 'bias'],
        dispatches: (choice) => [gradientDispatch(sizes, choice)],
        flops: 4 * sizes.rows * sizes.inputs * sizes.outputs,
      },
    },
  });
  return [dx, resultOf(dx, 'weight', weight.shape), resultOf(dx, 'bias', [sizes.outputs])];
};

const FILES = { lanes: lanesSource, loads, blocked: blockedSource, tiled: tiledSource };

const gradientDispatch = ({ rows, inputs, outputs }: Sizes, choice: KernelChoice): Dispatch => {
  const lines = Math.max(rows, outputs);
  const product = { m: lines, n: inputs, batch: 2 };
  const { tile, ...variant } = variantOf(choice, product, FILES, false);
  return {
    ...variant,
    shape: [rows, outputs, inputs],
    workgroups: [ceilDivide(inputs, tile.n), ceilDivide(lines, tile.m), 2],
  };
};

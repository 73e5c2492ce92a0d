import forwardSource from '../../../shaders/nn/layer_norm.wgsl?raw';
import gradientSource from '../../../shaders/nn/layer_norm_gradient.wgsl?raw';
import { elementCount, refuseShapes } from '../shape';
import { makeTensor, tensorSize, type Tensor } from '../tensor';
import { rowDispatch } from './lanes';

/** As in the kernels. */
const EPSILON = 1e-5;

const rowsOf = (x: Tensor): { rows: number; width: number } => ({
  rows: elementCount(x.shape.slice(0, -1)),
  width: x.shape.at(-1) ?? 1,
});

/**
 * LayerNorm over the last axis without parameters, eps 1e-5: (..., width) to the same shape.
 * Modulated LayerNorm is `add(multiply(layerNorm(x), add(scale, 1)), shift)`, fused by the planner.
 */
export const layerNorm = (x: Tensor): Tensor => {
  if (x.shape.length === 0) refuseShapes('layerNorm', [x.shape], 'needs at least one axis');
  const { rows, width } = rowsOf(x);
  return makeTensor({
    operation: 'layerNorm',
    shape: x.shape,
    inputs: [x],
    gradient: (dy) => [layerNormGradient(x, dy)],
    onnx: (emitter) => {
      const scale = emitter.floats(new Array<number>(width).fill(1));
      return emitter.node('LayerNormalization', [emitter.value(x), scale], {
        axis: -1,
        epsilon: { float: EPSILON },
      });
    },
    lowering: {
      kind: 'kernel',
      kernel: {
        family: 'nn/layerNorm',
        operands: [{ name: 'x', access: 'buffer' }],
        dispatches: (choice) => [
          { ...rowDispatch(choice, forwardSource, rows), shape: [rows, width] },
        ],
        flops: 8 * tensorSize(x),
      },
    },
  });
};

const layerNormGradient = (x: Tensor, dy: Tensor): Tensor => {
  const { rows, width } = rowsOf(x);
  return makeTensor({
    operation: 'layerNormGradient',
    shape: x.shape,
    inputs: [x, dy],
    lowering: {
      kind: 'kernel',
      kernel: {
        family: 'nn/layerNorm',
        operands: [
          { name: 'x', access: 'buffer' },
          { name: 'dy', access: 'value', evaluations: 2 },
        ],
        dispatches: (choice) => [
          { ...rowDispatch(choice, gradientSource, rows), shape: [rows, width] },
        ],
        flops: 14 * tensorSize(x),
      },
    },
  });
};

import { linear } from '../graph/ops/linear';
import { silu } from '../graph/ops/pointwise';
import { refuseShapes } from '../graph/shape';
import type { Tensor } from '../graph/tensor';
import { layoutParameters, type ParameterLayout, type ParameterSet } from './parameters';

/** Width of each layer, from the input's to the output's: two at least. */
export type MlpSizes = readonly number[];

const layersOf = (sizes: MlpSizes): { name: string; from: number; to: number }[] => {
  if (sizes.length < 2 || sizes.some((size) => !Number.isInteger(size) || size < 1)) {
    throw new RangeError(`An MLP needs two or more positive sizes, got [${sizes.join(', ')}].`);
  }
  return sizes.slice(1).map((to, index) => ({
    name: `layers.${index}`,
    from: sizes[index] ?? 1,
    to,
  }));
};

/**
 * Parameters of an MLP: `layers.K.weight` (out, in) and `layers.K.bias` (out). Throws a RangeError
 * for fewer than two sizes, or sizes that are not positive integers.
 */
export const mlpLayout = (sizes: MlpSizes): ParameterLayout =>
  layoutParameters(
    layersOf(sizes).flatMap(({ name, from, to }) => [
      { name: `${name}.weight`, shape: [to, from] },
      { name: `${name}.bias`, shape: [to] },
    ]),
  );

/**
 * A multilayer perceptron y = W_n h_n + b_n, h_(k+1) = SiLU(W_k h_k + b_k), h_1 = x: x (..., first
 * size) to (..., last size). Throws ShapeError when x has another width.
 */
export const mlp = (parameters: ParameterSet, sizes: MlpSizes, x: Tensor): Tensor => {
  if (x.shape.at(-1) !== sizes[0]) refuseShapes('mlp', [x.shape, sizes], 'the widths differ');
  return layersOf(sizes).reduce((hidden, { name }, index) => {
    const input = index === 0 ? hidden : silu(hidden);
    return linear(input, parameters.tensor(`${name}.weight`), parameters.tensor(`${name}.bias`));
  }, x);
};

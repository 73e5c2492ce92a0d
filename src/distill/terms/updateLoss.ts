import { add, multiply, square } from '../../graph/ops/pointwise';
import { mean } from '../../graph/ops/reduce';
import { tensorSize, type Tensor } from '../../graph/tensor';

/** The total update Delta of several terms (Eq. 8): their sum. */
export const totalUpdate = (deltas: readonly [Tensor, ...Tensor[]]): Tensor =>
  deltas.slice(1).reduce((total, delta) => add(total, delta), deltas[0]);

/**
 * The value of L = 1/2 mean((x_gen - stopgrad(x_gen + Delta))^2), which is 1/2 mean(Delta^2) with
 * Delta the sum of `deltas`; a scalar. Its gradient is `updateGradient`, not autodiff's.
 */
export const updateLoss = (deltas: readonly [Tensor, ...Tensor[]]): Tensor =>
  multiply(0.5, mean(square(totalUpdate(deltas))));

/** dL/dx_gen = -Delta / n, n the number of elements over which L is a mean. */
export const updateGradient = (delta: Tensor): Tensor => multiply(delta, -1 / tensorSize(delta));

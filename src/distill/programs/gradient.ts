import { gradients, type Seed } from '../../graph/differentiate';
import { add, multiply } from '../../graph/ops/pointwise';
import type { Assignment } from '../../graph/plan/program';
import { read, type Tensor, type Variable } from '../../graph/tensor';
import type { Trainee } from '../networks';
import { scalars } from '../settings';

/** Gradients of the parameters of a network, each to its window of the flat gradient. */
export const assignGradients = (
  trainee: Trainee,
  seeds: readonly Seed[],
  names: readonly string[] = trainee.parameters.trainable(),
): Assignment[] => {
  const wanted = names.map((name) => trainee.parameters.tensor(name));
  return gradients(seeds, wanted).map((value, index) => ({
    variable: trainee.gradient.window(names[index] ?? ''),
    value,
  }));
};

/** Adds figures of one update to their mean over the updates of a network in this iteration. */
export const runningMean = (variable: Variable, value: Tensor): Assignment => ({
  variable,
  value: add(multiply(read(variable), scalars.lossCarried()), multiply(value, scalars.lossShare())),
});

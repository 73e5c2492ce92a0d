import { assemble } from './assemble';
import { add } from './ops/pointwise';
import { reachable } from './plan/program';
import { refuseShapes, sameShape, ShapeError } from './shape';
import type { Tensor } from './tensor';

/** Where a backward pass begins: a tensor and dL/d(tensor). */
export interface Seed {
  readonly tensor: Tensor;
  readonly gradient: Tensor;
}

/** The tensors that depend on any of `sources` (themselves included), among the ancestors of `ends`. */
const dependents = (ends: readonly Tensor[], sources: readonly Tensor[]): Set<Tensor> => {
  const found = new Set(sources);
  // In creation order, so every input is judged before what reads it.
  for (const tensor of reachable(ends)) {
    if (tensor.lowering.kind === 'result' && tensor.lowering.drawn) continue;
    if (tensor.inputs.some((input) => found.has(input))) found.add(tensor);
  }
  return found;
};

/**
 * Reverse-mode differentiation: the gradients of `wrt`, again as graph tensors of the same shapes.
 * Seeds carry dL/d(tensor) where L enters the graph; a loss is seeded with constant 1.
 * Throws ShapeError when a seed does not fit, or when L does not depend on one of `wrt`.
 */
export const gradients = (seeds: readonly Seed[], wrt: readonly Tensor[]): Tensor[] => {
  const relevant = dependents(
    seeds.map((seed) => seed.tensor),
    wrt,
  );
  const parts = new Map<Tensor, Tensor[]>();
  const accumulate = (tensor: Tensor, gradient: Tensor): void => {
    if (!sameShape(tensor.shape, gradient.shape)) {
      refuseShapes(`gradient of ${tensor.operation}`, [tensor.shape, gradient.shape], 'differ');
    }
    const known = parts.get(tensor);
    if (known) known.push(gradient);
    else parts.set(tensor, [gradient]);
  };
  const totals = new Map<Tensor, Tensor>();
  /** The gradient of a tensor, once all that reads it has given its part. */
  const totalOf = (tensor: Tensor): Tensor | undefined => {
    const given = parts.get(tensor);
    if (!given) return undefined;
    const total =
      totals.get(tensor) ?? assemble(given) ?? given.reduce((sum, part) => add(sum, part));
    totals.set(tensor, total);
    return total;
  };
  for (const seed of seeds) accumulate(seed.tensor, seed.gradient);

  const order = [...relevant].sort((a, b) => b.id - a.id);
  for (const tensor of order) {
    const gradient = totalOf(tensor);
    if (!gradient || tensor.inputs.length === 0) continue;
    const wanted = tensor.inputs.map((input) => relevant.has(input));
    if (!wanted.includes(true)) continue;
    if (!tensor.gradient) throw new ShapeError(`${tensor.operation} has no gradient.`);
    tensor.gradient(gradient, wanted).forEach((part, index) => {
      const input = tensor.inputs[index];
      if (part && input && wanted[index]) accumulate(input, part);
    });
  }
  return wrt.map((tensor) => {
    const gradient = totalOf(tensor);
    if (!gradient) throw new ShapeError(`The loss does not depend on ${tensor.operation}.`);
    return gradient;
  });
};

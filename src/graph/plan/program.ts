import type { Tensor, Variable } from '../tensor';

/** What a program computes: the graph's ends. */
export interface ProgramSpec {
  readonly name: string;
  /** Values to store in persistent memory. */
  readonly assign: readonly Assignment[];
  /** In-place updates (optimizers), run after everything else, in this order. */
  readonly effects?: readonly Tensor[];
  /** Never in half precision, whatever was chosen: what judges others. Default false. */
  readonly exact?: boolean;
}

export interface Assignment {
  readonly variable: Variable;
  readonly value: Tensor;
}

/** A plan asked for something that cannot be done; a defect of the graph, not of the input. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
}

/** The tensor whose memory this one shares: reshapes are other names for the same values. */
export const aliasBase = (tensor: Tensor): Tensor => {
  let base = tensor;
  while (base.lowering.kind === 'pointwise' && base.lowering.alias) {
    const input = base.inputs[0];
    if (!input) throw new PlanError(`${base.operation} is an alias of nothing.`);
    base = input;
  }
  return base;
};

/** All tensors that the ends depend on, in creation order. */
export const reachable = (ends: readonly Tensor[]): Tensor[] => {
  const found = new Set<Tensor>();
  const pending = [...ends];
  for (let tensor = pending.pop(); tensor; tensor = pending.pop()) {
    if (found.has(tensor)) continue;
    found.add(tensor);
    pending.push(...tensor.inputs);
  }
  return [...found].sort((a, b) => a.id - b.id);
};

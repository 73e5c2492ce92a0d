import type { Tensor } from '../tensor';
import { tensorSize } from '../tensor';
import { aliasBase, reachable, type ProgramSpec } from './program';

/** Storage buffers that one dispatch may bind (the WebGPU default limit). */
export const MAX_STORAGE_BUFFERS = 8;

/** Above this cost, a value that is needed more than once is stored instead of recomputed. */
const INLINE_COST = 4;

/** Buffers that one inlined expression may read; leaves room for results and other operands. */
const MAX_LEAVES = 5;

/** Which tensors live in memory, and what each expression reads. */
export interface Materialised {
  /** Tensors with memory of their own: kernel results and stored elementwise values. */
  readonly stored: ReadonlySet<Tensor>;
  /** The buffers an expression reads: stored tensors and variables. */
  readonly leavesOf: (tensor: Tensor) => ReadonlySet<Tensor>;
}

interface Use {
  /** Evaluations per element; a buffer operand has none, it needs memory. */
  readonly evaluations: number;
  readonly buffer: boolean;
}

const collectUses = (tensors: readonly Tensor[], spec: ProgramSpec): Map<Tensor, Use[]> => {
  const uses = new Map<Tensor, Use[]>();
  const note = (tensor: Tensor, use: Use): void => {
    const base = aliasBase(tensor);
    const list = uses.get(base);
    if (list) list.push(use);
    else uses.set(base, [use]);
  };
  for (const tensor of tensors) {
    if (aliasBase(tensor) !== tensor || tensor.lowering.kind === 'result') continue;
    tensor.inputs.forEach((input, index) => {
      if (tensor.lowering.kind === 'kernel') {
        const operand = tensor.lowering.kernel.operands[index];
        note(input, {
          evaluations: operand?.evaluations ?? 1,
          buffer: operand?.access === 'buffer',
        });
      } else if (tensor.lowering.kind === 'assembled') {
        note(input, { evaluations: 1, buffer: true });
      } else {
        const stretch = tensorSize(tensor) > tensorSize(input) ? 2 : 1;
        note(input, { evaluations: stretch, buffer: false });
      }
    });
  }
  for (const { value } of spec.assign) note(value, { evaluations: 1, buffer: true });
  return uses;
};

/**
 * Decides what is stored and what is computed where it is read. Stored are kernel results, values
 * that a kernel needs as a buffer, results of the program, and costly values needed more than once.
 */
export const materialise = (spec: ProgramSpec): Materialised => {
  const tensors = reachable([
    ...spec.assign.map((assignment) => assignment.value),
    ...(spec.effects ?? []),
  ]);
  const uses = collectUses(tensors, spec);
  const stored = new Set<Tensor>();
  const costs = new Map<Tensor, number>();
  const leaves = new Map<Tensor, Set<Tensor>>();

  const costOf = (tensor: Tensor): number => {
    const base = aliasBase(tensor);
    if (base.lowering.kind === 'constant' || base.lowering.kind === 'setting') return 0;
    return stored.has(base) ? 1 : (costs.get(base) ?? 1);
  };
  const leavesOf = (tensor: Tensor): ReadonlySet<Tensor> => {
    const base = aliasBase(tensor);
    return stored.has(base) ? new Set([base]) : (leaves.get(base) ?? new Set());
  };
  const union = (parts: readonly Tensor[]): Set<Tensor> =>
    new Set(parts.flatMap((part) => [...leavesOf(part)]));

  /** Stores inputs, the widest first, until an expression over them reads few enough buffers. */
  const narrow = (inputs: readonly Tensor[], limit: number): void => {
    while (union(inputs).size > limit) {
      const widest = inputs
        .map(aliasBase)
        .filter((input) => !stored.has(input) && input.lowering.kind === 'pointwise')
        .sort((a, b) => leavesOf(b).size - leavesOf(a).size)[0];
      if (!widest || leavesOf(widest).size < 2) return;
      stored.add(widest);
    }
  };

  /** Whether storing `tensor` takes the place of storing a kernel's result that only it reads. */
  const replacesResult = (tensor: Tensor): boolean =>
    tensor.lowering.kind === 'pointwise' &&
    tensor.lowering.aligned &&
    tensor.inputs.map(aliasBase).some((input) => {
      if (uses.get(input)?.length !== 1 || tensorSize(input) !== tensorSize(tensor)) return false;
      return input.lowering.kind === 'kernel' || (!stored.has(input) && replacesResult(input));
    });

  const judge = (tensor: Tensor): void => {
    const { lowering } = tensor;
    if (aliasBase(tensor) !== tensor) return;
    if (lowering.kind === 'variable') leaves.set(tensor, new Set([tensor]));
    if (lowering.kind === 'kernel') {
      const { kernel } = lowering;
      const inputs = tensor.inputs.filter((_, i) => kernel.operands[i]?.access === 'value');
      const others =
        tensor.inputs.length -
        inputs.length +
        (kernel.scratch?.length ?? 0) +
        (kernel.updates?.length ?? 0) +
        (kernel.results?.length ?? 0);
      narrow(inputs, MAX_STORAGE_BUFFERS - 1 - others);
      if (kernel.stores !== false) stored.add(tensor);
    }
    if (lowering.kind === 'result' || lowering.kind === 'assembled') stored.add(tensor);
    if (lowering.kind !== 'pointwise') return;
    narrow(tensor.inputs, MAX_LEAVES);
    leaves.set(tensor, union(tensor.inputs));
    const inputCost = tensor.inputs.reduce((sum, input) => sum + costOf(input), 0);
    // Stretching a constant or a setting costs nothing: the compiler sees one value.
    const isScalar = inputCost === 0 && leavesOf(tensor).size === 0;
    const cost = isScalar ? 0 : inputCost + lowering.cost;
    costs.set(tensor, cost);
    const wanted = uses.get(tensor) ?? [];
    const evaluations = wanted.reduce((sum, use) => sum + use.evaluations, 0);
    const needsMemory = wanted.some((use) => use.buffer);
    const shared = evaluations > 1 && (cost > INLINE_COST || replacesResult(tensor));
    if (needsMemory || shared) stored.add(tensor);
  };

  // What `narrow` stores may be part of expressions judged before: their leaves are counted again.
  for (let known = -1; known < stored.size;) {
    known = stored.size;
    tensors.forEach(judge);
  }
  return { stored, leavesOf };
};

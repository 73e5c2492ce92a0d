import { bufferOperands, type Stack } from '../kernel';
import type { Tensor } from '../tensor';
import { tensorSize } from '../tensor';
import { MAX_STORAGE_BUFFERS, type Materialised } from './materialise';
import { readingOf, readingOfInputs, type Place } from './places';
import { aliasBase, PlanError, reachable, type ProgramSpec } from './program';

/** One kernel launch (or a short fixed series of them) and every stored value it writes. */
export interface Unit {
  /** The hand-written kernel, or null for a purely elementwise unit. */
  readonly anchor: Tensor | null;
  /** Stored tensors computed here, in this order. */
  readonly outputs: Tensor[];
  /** Where each output is computed, and each permutation what it reorders. */
  readonly places: Map<Tensor, Place>;
  readonly sources: Map<Tensor, Place>;
  /** What of its outputs is written as part of something that is assembled. */
  readonly fragments: Fragment[];
  /** Further results of the kernel that anything needs. */
  readonly results: Tensor[];
  /** Units that run in the same dispatch, stacked on this one; `written` and `reads` are of all. */
  readonly stacked: Unit[];
  /** Those of them that anything outside the unit reads. */
  readonly written: Set<Tensor>;
  /** Buffers read: stored tensors of other units, and variables. */
  readonly reads: Set<Tensor>;
}

/** An output as input number `part` of an assembled tensor. */
interface Fragment {
  readonly output: Tensor;
  readonly of: Tensor;
  readonly part: number;
}

/** A unit without outputs so far. */
const newUnit = (anchor: Tensor | null, reads: Set<Tensor>): Unit => ({
  anchor,
  outputs: [],
  places: new Map(),
  sources: new Map(),
  fragments: [],
  results: [],
  stacked: [],
  written: new Set(),
  reads,
});

/** Bindings that the kernel's own file asks for: group 0, and further results. */
const ownBindings = (anchor: Tensor | null): number => {
  if (anchor?.lowering.kind !== 'kernel') return 0;
  const { kernel } = anchor.lowering;
  const { scratch = [], updates = [], results = [] } = kernel;
  const operands = bufferOperands(anchor, kernel);
  return operands.length + scratch.length + updates.length + results.length;
};

/** Tensors whose elements generated functions compute: operands by value, and fused results. */
const generatedInputs = ({ anchor, outputs }: Unit): Tensor[] => {
  const kernel = anchor?.lowering.kind === 'kernel' ? anchor.lowering.kernel : null;
  const operands =
    anchor?.inputs.filter((_, index) => kernel?.operands[index]?.access === 'value') ?? [];
  const fused = outputs.filter((output) => output !== anchor).flatMap((output) => output.inputs);
  return [...operands, ...fused];
};

/** The units that write a tensor: one, or those of all parts of what is assembled. */
const writersOf = (tensor: Tensor, unitOf: ReadonlyMap<Tensor, Unit>): Unit[] => {
  const parts = tensor.lowering.kind === 'assembled' ? tensor.inputs.map(aliasBase) : [tensor];
  return parts.flatMap((part) => unitOf.get(part) ?? []);
};

/** Whether `from` needs, directly or through others, something that `to` writes. */
const depends = (from: Unit, to: Unit, unitOf: ReadonlyMap<Tensor, Unit>): boolean => {
  const seen = new Set<Unit>();
  const pending = [from];
  for (let unit = pending.pop(); unit; unit = pending.pop()) {
    if (unit === to) return true;
    if (seen.has(unit)) continue;
    seen.add(unit);
    for (const read of unit.reads) pending.push(...writersOf(read, unitOf));
  }
  return false;
};

/**
 * Groups stored tensors into units: an elementwise value joins the unit that writes one of its
 * inputs when it reads it element for element, or through one permutation, so that it is computed
 * before the store.
 */
export const formUnits = (spec: ProgramSpec, materialised: Materialised): Unit[] => {
  const { stored, leavesOf } = materialised;
  const effects = spec.effects ?? [];
  const ends = [...spec.assign.map((assignment) => assignment.value), ...effects];
  const unitOf = new Map<Tensor, Unit>();
  const units: Unit[] = [];
  const tensors = reachable(ends);
  const readers = readersOf(tensors, spec, materialised);

  for (const tensor of tensors) {
    if (tensor.lowering.kind === 'kernel') {
      const reads = new Set(tensor.inputs.flatMap((input) => [...leavesOf(input)]));
      const unit = newUnit(tensor, reads);
      if (stored.has(tensor)) addOutput(unit, tensor, null);
      units.push(unit);
      unitOf.set(tensor, unit);
    } else if (tensor.lowering.kind === 'result') {
      const unit = tensor.inputs.map((kernel) => unitOf.get(kernel)).find((found) => !!found);
      if (!unit) throw new PlanError(`${tensor.operation} is a result of no kernel.`);
      unit.results.push(tensor);
      unitOf.set(tensor, unit);
    } else if (tensor.lowering.kind === 'assembled') {
      tensor.inputs.map(aliasBase).forEach((output, part) => {
        unitOf.get(output)?.fragments.push({ output, of: tensor, part });
      });
    } else if (stored.has(tensor)) {
      const leaves = new Set(tensor.inputs.flatMap((input) => [...leavesOf(input)]));
      const found = findHost(tensor, leaves);
      if (found) {
        const { host, place } = found;
        for (const input of place?.inputs ?? []) {
          const from = readingOf(input, host.places, stored);
          if (place && typeof from !== 'string') host.sources.set(place, from);
        }
        addOutput(host, tensor, place);
        for (const leaf of leaves) if (unitOf.get(leaf) !== host) host.reads.add(leaf);
        unitOf.set(tensor, host);
      } else {
        const unit = newUnit(null, leaves);
        addOutput(unit, tensor, null);
        units.push(unit);
        unitOf.set(tensor, unit);
      }
    }
  }
  const wanted = new Set(units.flatMap((unit) => [...unit.reads]));
  for (const { value } of spec.assign) wanted.add(aliasBase(value));
  for (const unit of units) {
    for (const output of [...unit.outputs, ...unit.results]) {
      if (wanted.has(output)) unit.written.add(output);
    }
    for (const fragment of unit.fragments) unit.written.add(fragment.of);
  }
  return sortUnits(stackUnits(units, unitOf), unitOf, effects);

  function findHost(
    tensor: Tensor,
    leaves: ReadonlySet<Tensor>,
  ): { host: Unit; place: Place } | undefined {
    const hosts = new Set([...leaves].map((leaf) => unitOf.get(leaf)).filter((unit) => !!unit));
    for (const host of [...hosts].reverse()) {
      const first = host.outputs[0];
      if (!first || tensorSize(first) !== tensorSize(tensor)) continue;
      const place = readingOfInputs(tensor, host.places, stored);
      if (typeof place === 'string' || buffersWith(host, tensor, leaves) > MAX_STORAGE_BUFFERS) {
        continue;
      }
      const isFree = [...leaves].every((leaf) => {
        const isWrittenBefore = writersOf(leaf, unitOf).every(
          (writer) => !depends(writer, host, unitOf),
        );
        return host.places.has(leaf) || isWrittenBefore;
      });
      if (isFree) return { host, place };
    }
    return undefined;
  }

  /** Buffers that a unit binds when it computes `tensor` as well. */
  function buffersWith(host: Unit, tensor: Tensor, leaves: ReadonlySet<Tensor>): number {
    const own = new Set([...host.outputs, tensor]);
    // A buffer that both the file and generated functions read is bound twice.
    const generated = generatedInputs(host).flatMap((input) => [...leavesOf(input)]);
    const read = new Set([...generated, ...leaves].filter((leaf) => !own.has(leaf)));
    const written = [...own].filter((output) => {
      const by = readers.get(output) ?? new Set();
      return output === tensor || [...by].some((reader) => !reader || !own.has(reader));
    });
    return ownBindings(host.anchor) + read.size + written.length;
  }
};

const addOutput = (unit: Unit, tensor: Tensor, place: Place): void => {
  unit.outputs.push(tensor);
  unit.places.set(tensor, place);
};

/** What reads each stored tensor: kernels and stored values; null stands for a program's result. */
const readersOf = (
  tensors: readonly Tensor[],
  spec: ProgramSpec,
  { stored, leavesOf }: Materialised,
): Map<Tensor, Set<Tensor | null>> => {
  const readers = new Map<Tensor, Set<Tensor | null>>();
  const note = (leaf: Tensor, reader: Tensor | null): void => {
    const known = readers.get(leaf);
    if (known) known.add(reader);
    else readers.set(leaf, new Set([reader]));
  };
  for (const tensor of tensors) {
    if (tensor.lowering.kind !== 'kernel' && !stored.has(tensor)) continue;
    for (const leaf of tensor.inputs.flatMap((input) => [...leavesOf(input)])) note(leaf, tensor);
  }
  for (const { value } of spec.assign) note(aliasBase(value), null);
  return readers;
};

/**
 * Puts units of one stack's key into one dispatch, each on the nearest before it that neither needs nor
 * is needed by it, while their buffers can be bound together. Small sums of a backward pass, which
 * leave a GPU idle one by one, thereby run side by side.
 */
const stackUnits = (units: readonly Unit[], unitOf: Map<Tensor, Unit>): Unit[] => {
  const hosts: Unit[] = [];
  for (const unit of units) {
    const key = stackOf(unit)?.key;
    const host =
      key &&
      hosts.findLast((other) => {
        if (stackOf(other)?.key !== key) return false;
        const reads = new Set([...other.reads, ...unit.reads]);
        const written = new Set([...other.written, ...unit.written]);
        return (
          reads.size + written.size <= MAX_STORAGE_BUFFERS &&
          !depends(unit, other, unitOf) &&
          !depends(other, unit, unitOf)
        );
      });
    if (!host) {
      hosts.push(unit);
      continue;
    }
    host.stacked.push(unit);
    for (const tensor of unit.reads) host.reads.add(tensor);
    for (const tensor of unit.written) host.written.add(tensor);
    for (const tensor of unit.outputs) unitOf.set(tensor, host);
  }
  return hosts;
};

const stackOf = ({ anchor }: Unit): Stack | undefined =>
  anchor?.lowering.kind === 'kernel' ? anchor.lowering.kernel.stack : undefined;

/** Topological order that stays near creation order; effects last. */
const sortUnits = (
  units: readonly Unit[],
  unitOf: ReadonlyMap<Tensor, Unit>,
  effects: readonly Tensor[],
): Unit[] => {
  const isEffect = (unit: Unit): boolean => unit.anchor !== null && effects.includes(unit.anchor);
  const sorted: Unit[] = [];
  const state = new Map<Unit, 'open' | 'done'>();
  const visit = (unit: Unit): void => {
    if (state.get(unit) === 'done') return;
    if (state.get(unit) === 'open') throw new PlanError('Units depend on each other in a circle.');
    state.set(unit, 'open');
    for (const read of unit.reads) writersOf(read, unitOf).forEach(visit);
    state.set(unit, 'done');
    sorted.push(unit);
  };
  units.filter((unit) => !isEffect(unit)).forEach(visit);
  units.filter(isEffect).forEach(visit);
  return sorted;
};

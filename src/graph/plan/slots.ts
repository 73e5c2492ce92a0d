import type { Tensor } from '../tensor';
import { elementCount } from '../shape';
import { tensorSize } from '../tensor';
import type { Unit } from './units';

/** Bytes of one element; every dtype is 32 bits wide. */
export const ELEMENT_BYTES = 4;

/** Where the temporaries of a program live: tensors share a slot when their lives do not overlap. */
export interface SlotPlan {
  /** Bytes of each slot. */
  readonly slots: readonly number[];
  readonly slotOf: ReadonlyMap<Tensor, number>;
  /** Slots of a unit's scratch buffers, in order. */
  readonly scratchOf: ReadonlyMap<Unit, readonly number[]>;
  /** What the same temporaries would take without sharing. */
  readonly bytesWithoutReuse: number;
  /** The most bytes of temporaries that are needed at once: no sharing takes less. */
  readonly bytesNeeded: number;
}

const scratchBytes = (unit: Unit): number[] =>
  unit.anchor?.lowering.kind === 'kernel'
    ? (unit.anchor.lowering.kernel.scratch ?? []).map((s) => elementCount(s) * ELEMENT_BYTES)
    : [];

/** Assigns slots in execution order; `external` tensors are written straight to their variable. */
export const assignSlots = (
  units: readonly Unit[],
  external: ReadonlySet<Tensor>,
  keepToEnd: ReadonlySet<Tensor>,
): SlotPlan => {
  const lastUse = new Map<Tensor, number>();
  units.forEach((unit, position) => {
    for (const tensor of [...unit.written, ...unit.reads]) lastUse.set(tensor, position);
  });
  for (const tensor of keepToEnd) lastUse.set(tensor, units.length);

  const slots: number[] = [];
  const free = new Set<number>();
  const slotOf = new Map<Tensor, number>();
  const scratchOf = new Map<Unit, readonly number[]>();
  let bytesWithoutReuse = 0;
  let bytesNeeded = 0;
  let needed = 0;
  /** Bytes of what each taken slot holds now. */
  const held = new Map<number, number>();

  const take = (bytes: number): number => {
    bytesWithoutReuse += bytes;
    needed += bytes;
    bytesNeeded = Math.max(bytesNeeded, needed);
    const candidates = [...free].sort((a, b) => (slots[a] ?? 0) - (slots[b] ?? 0));
    const fitting = candidates.find((slot) => (slots[slot] ?? 0) >= bytes) ?? candidates.at(-1);
    const slot = fitting ?? slots.length;
    slots[slot] = Math.max(slots[slot] ?? 0, bytes);
    free.delete(slot);
    held.set(slot, bytes);
    return slot;
  };
  const giveBack = (slot: number): void => {
    free.add(slot);
    needed -= held.get(slot) ?? 0;
    held.delete(slot);
  };

  units.forEach((unit, position) => {
    for (const tensor of unit.written) {
      // What is assembled has a slot from the first unit on that writes to it.
      if (external.has(tensor) || slotOf.has(tensor)) continue;
      slotOf.set(tensor, take(tensorSize(tensor) * ELEMENT_BYTES));
    }
    const scratch = scratchBytes(unit).map(take);
    if (scratch.length > 0) scratchOf.set(unit, scratch);
    scratch.forEach(giveBack);
    for (const tensor of new Set([...unit.written, ...unit.reads])) {
      const slot = slotOf.get(tensor);
      if (slot !== undefined && lastUse.get(tensor) === position) giveBack(slot);
    }
  });
  return { slots, slotOf, scratchOf, bytesWithoutReuse, bytesNeeded };
};

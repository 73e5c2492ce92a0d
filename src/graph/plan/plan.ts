import mapSource from '../../../shaders/elementwise/map.wgsl?raw';
import {
  ceilDivide,
  spreadWorkgroups,
  type Dispatch,
  type KernelChoice,
  type KernelLowering,
} from '../kernel';
import { makeTensor, tensorSize, type Tensor, type Variable } from '../tensor';
import { inSinglePrecision } from '../variants';
import { bindable, generateKernel, type GeneratedKernel } from './generate';
import { materialise } from './materialise';
import { aliasBase, reachable, type ProgramSpec } from './program';
import type { SettingsLayout } from './settings';
import { assignSlots, type SlotPlan } from './slots';
import { formUnits, type Unit } from './units';

/** One dispatch, ready to be compiled. */
export interface PlannedDispatch {
  readonly family: string;
  readonly label: string;
  readonly unit: Unit;
  readonly kernel: GeneratedKernel;
  readonly shape: readonly number[];
  readonly workgroups: readonly [number, number, number];
  readonly flops: number;
}

/** A program as dispatches over slots: everything but GPU objects. */
export interface Plan {
  readonly name: string;
  readonly dispatches: readonly PlannedDispatch[];
  readonly slots: SlotPlan;
  /** Stored tensors that live in a variable from the start. */
  readonly direct: ReadonlyMap<Tensor, Variable>;
  /** Copies at the end, for variables that the program also reads or that cannot be bound there. */
  readonly copies: readonly { readonly from: Tensor; readonly to: Variable }[];
}

const MAP_WORKGROUP = 64;

const mapDispatch = (output: Tensor): Dispatch => ({
  source: mapSource,
  shape: [tensorSize(output)],
  workgroups: spreadWorkgroups(ceilDivide(tensorSize(output), MAP_WORKGROUP)),
});

const rootOf = (variable: Variable): Variable =>
  variable.window ? rootOf(variable.window.of) : variable;

/**
 * Assigns every variable from a computed value: a constant, a setting or another variable has no
 * memory that the program writes, so it is computed by an elementwise copy. All reads thereby see
 * what variables held before the program.
 */
const computeResults = (spec: ProgramSpec): ProgramSpec => ({
  ...spec,
  assign: spec.assign.map(({ variable, value }) => {
    const computed = ['kernel', 'result', 'pointwise', 'assembled'].includes(
      aliasBase(value).lowering.kind,
    );
    return { variable, value: computed ? value : copyOf(value) };
  }),
});

const copyOf = (value: Tensor): Tensor =>
  makeTensor({
    operation: 'copy',
    shape: value.shape,
    dtype: value.dtype,
    inputs: [value],
    lowering: {
      kind: 'pointwise',
      cost: 0,
      aligned: true,
      emit: (emitter, index) => emitter.value(value, index),
    },
  });

/** Whether a storage binding may begin where the variable does. */
const isBindable = (variable: Variable): boolean => bindable(variable).shift === 0;

/** In which buffers each result is to be in the end. */
const buffersOf = ({ assign }: ProgramSpec): Map<Tensor, Set<Variable>> => {
  const buffers = new Map<Tensor, Set<Variable>>();
  for (const { variable, value } of assign) {
    const from = aliasBase(value);
    buffers.set(from, (buffers.get(from) ?? new Set()).add(rootOf(variable)));
  }
  return buffers;
};

/** Results that may be written straight into their variable, and those to be copied at the end. */
const placeResults = (
  spec: ProgramSpec,
  tensors: readonly Tensor[],
  units: readonly Unit[],
): Pick<Plan, 'direct' | 'copies'> => {
  const buffers = buffersOf(spec);
  // One dispatch may not read a buffer and write it, not even elsewhere.
  const isReadWhereWritten = (from: Tensor, buffer: Variable): boolean =>
    units.some(
      ({ reads, written }) =>
        reads.has(from) && [...written].some((other) => buffers.get(other)?.has(buffer)),
    );
  const readVariables = new Set(
    tensors.flatMap(({ lowering }) =>
      lowering.kind === 'variable' ? [rootOf(lowering.variable)] : [],
    ),
  );
  const direct = new Map<Tensor, Variable>();
  const copies: { from: Tensor; to: Variable }[] = [];
  for (const { variable, value } of spec.assign) {
    const from = aliasBase(value);
    const buffer = rootOf(variable);
    const mayWrite =
      isBindable(variable) && !readVariables.has(buffer) && !isReadWhereWritten(from, buffer);
    if (mayWrite && !direct.has(from)) direct.set(from, variable);
    else copies.push({ from, to: variable });
  }
  return { direct, copies };
};

/** What a unit computes, the kernel first. */
const labelOf = ({ anchor, outputs, results }: Unit): string =>
  [...(anchor ? [anchor] : []), ...outputs.filter((output) => output !== anchor), ...results]
    .map((tensor) => tensor.operation)
    .join('+');

const kernelOf = ({ anchor }: Unit): KernelLowering | null =>
  anchor?.lowering.kind === 'kernel' ? anchor.lowering.kernel : null;

/** The dispatches of a unit's kernel, or the one of all that are stacked on it. */
const dispatchesOf = (
  members: readonly Unit[],
  kernel: KernelLowering,
  choice: KernelChoice,
): readonly Dispatch[] => {
  if (!kernel.stack || members.length === 1) return kernel.dispatches(choice);
  const outer = members.reduce((sum, member) => sum + (kernelOf(member)?.stack?.outer ?? 0), 0);
  return [kernel.stack.dispatch(choice, outer)];
};

/** Plans a program: what is fused, in which order it runs, and where temporaries live. */
export const planProgram = (
  asked: ProgramSpec,
  chosen: KernelChoice,
  settings: SettingsLayout,
): Plan => {
  const choice = asked.exact ? inSinglePrecision(chosen) : chosen;
  const spec = computeResults(asked);
  const materialised = materialise(spec);
  const units = formUnits(spec, materialised);
  const ends = [...spec.assign.map(({ value }) => value), ...(spec.effects ?? [])];
  const results = placeResults(spec, reachable(ends), units);
  const slots = assignSlots(
    units,
    new Set(results.direct.keys()),
    new Set(results.copies.map(({ from }) => from)),
  );
  const dispatches = units.flatMap((unit): PlannedDispatch[] => {
    const { anchor } = unit;
    const first = unit.outputs[0];
    if (!anchor && !first) return [];
    const kernel = kernelOf(unit);
    const members = [unit, ...unit.stacked];
    const list = kernel ? dispatchesOf(members, kernel, choice) : first ? [mapDispatch(first)] : [];
    const family = kernel?.family ?? 'elementwise/map';
    const label = members.map(labelOf).join(' | ');
    return list.map((dispatch) => ({
      family,
      label,
      unit,
      kernel: generateKernel(unit, dispatch, materialised, settings),
      shape: dispatch.shape,
      workgroups: dispatch.workgroups,
      flops: members.reduce((sum, one) => sum + (kernelOf(one)?.flops ?? 0), 0) / list.length,
    }));
  });
  return { name: spec.name, dispatches, slots, ...results };
};

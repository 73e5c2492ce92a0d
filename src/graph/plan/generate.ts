import { POINTWISE_LIBRARY } from '../ops/pointwise';
import type { Dispatch, KernelLowering } from '../kernel';
import { tensorSize, type DType, type Emitter, type Tensor, type Variable } from '../tensor';
import type { Materialised } from './materialise';
import { indexAt, know, type Known } from './places';
import { aliasBase, PlanError } from './program';
import { SETTINGS_CAPACITY, type SettingsLayout } from './settings';
import { ELEMENT_BYTES } from './slots';
import type { Unit } from './units';

/** Storage offsets must be multiples of this (the WebGPU default limit). */
export const OFFSET_ALIGNMENT = 256;

/** Memory that a kernel binds as a storage buffer. */
export type StorageBinding =
  | { readonly kind: 'tensor'; readonly tensor: Tensor }
  | { readonly kind: 'variable'; readonly variable: Variable };

/** What a generated binding of group 1 holds: memory, settings, or the dispatch's own constants. */
export type Binding = StorageBinding | { readonly kind: 'settings' } | { readonly kind: 'offsets' };

/** WGSL of one dispatch, and what to bind. */
export interface GeneratedKernel {
  readonly source: string;
  /** Group 0 after the uniform: buffer operands, scratch slots, updated variables. */
  readonly own: readonly (StorageBinding | { readonly kind: 'scratch'; readonly index: number })[];
  /** Group 1. */
  readonly generated: readonly Binding[];
  /** Index constants, to follow the file's own words in the dispatch's uniform block. */
  readonly offsets: readonly number[];
}

/** Words of a dispatch's uniform block that belong to the WGSL file; index constants follow. */
export const SHAPE_WORDS = 16;
const BLOCK_WORDS = OFFSET_ALIGNMENT / ELEMENT_BYTES;

/** A variable and an element offset such that the memory may be bound at that place. */
export const bindable = (variable: Variable): { variable: Variable; shift: number } => {
  let [outer, offset] = [variable, 0];
  while (outer.window) [outer, offset] = [outer.window.of, offset + outer.window.offset];
  return (offset * ELEMENT_BYTES) % OFFSET_ALIGNMENT === 0
    ? { variable, shift: 0 }
    : { variable: outer, shift: offset };
};

/** A binding for a stored tensor or a variable leaf. */
const bindingOf = (tensor: Tensor): { binding: StorageBinding; shift: number } => {
  const base = aliasBase(tensor);
  if (base.lowering.kind !== 'variable') {
    return { binding: { kind: 'tensor', tensor: base }, shift: 0 };
  }
  const { variable, shift } = bindable(base.lowering.variable);
  return { binding: { kind: 'variable', variable }, shift };
};

type Expression = (emitter: Emitter, index: string) => string;

const sameBinding = (a: Binding, b: Binding): boolean =>
  (a.kind === 'settings' && b.kind === 'settings') ||
  (a.kind === 'offsets' && b.kind === 'offsets') ||
  (a.kind === 'tensor' && b.kind === 'tensor' && a.tensor === b.tensor) ||
  (a.kind === 'variable' && b.kind === 'variable' && a.variable === b.variable);

const literal = (value: number): string => {
  if (!Number.isFinite(value)) throw new PlanError(`A constant must be finite, got ${value}.`);
  const text = value.toString();
  return /[.e]/.test(text) ? `f32(${text})` : `f32(${text}.0)`;
};

/** Collects the bindings and functions of group 1 while kernels' functions are written. */
class Generator {
  readonly bindings: Binding[] = [];
  readonly offsets: number[] = [];
  readonly #offsetOf = new Map<object, number>();
  readonly #declarations: string[] = [];
  readonly #functions: string[] = [];

  constructor(
    private readonly materialised: Materialised,
    private readonly settings: SettingsLayout,
  ) {}

  get text(): string {
    return [...this.#declarations, ...this.#functions].join('\n');
  }

  /** The name of a binding, declared on first use. */
  bind(binding: Binding, dtype: DType, access: 'read' | 'read_write'): string {
    const isUniform = binding.kind === 'settings' || binding.kind === 'offsets';
    const known = this.bindings.findIndex((other) => sameBinding(other, binding));
    if (known >= 0) return isUniform ? binding.kind : `g${known}`;
    const index = this.bindings.push(binding) - 1;
    const place = `@group(1) @binding(${index})`;
    if (isUniform) {
      const words = binding.kind === 'settings' ? SETTINGS_CAPACITY : BLOCK_WORDS;
      this.#declarations.push(`${place} var<uniform> ${binding.kind}: array<vec4u, ${words / 4}>;`);
      return binding.kind;
    }
    this.#declarations.push(`${place} var<storage, ${access}> g${index}: array<${dtype}>;`);
    return `g${index}`;
  }

  /** The word of the uniform block that holds an index constant. */
  offset(key: object, value: number): string {
    let word = this.#offsetOf.get(key);
    if (word === undefined) {
      word = SHAPE_WORDS + this.offsets.push(value) - 1;
      if (word >= BLOCK_WORDS) throw new PlanError('A kernel has too many index constants.');
      this.#offsetOf.set(key, word);
    }
    return `${this.bind({ kind: 'offsets' }, 'u32', 'read')}[${Math.floor(word / 4)}][${word % 4}]`;
  }

  /** An emitter for one function body; `known` holds, by index, values that are at hand there. */
  emitter(lines: string[], known: Known): Emitter {
    const names = new Map<string, string>();
    const emitter: Emitter = {
      offset: (key, value) => this.offset(key, value),
      let: (expression) => {
        const seen = names.get(expression);
        if (seen) return seen;
        const name = `v${lines.length}`;
        lines.push(`  let ${name} = ${expression};`);
        names.set(expression, name);
        return name;
      },
      value: (tensor, index) => {
        const base = aliasBase(tensor);
        const atHand = known.get(index)?.get(base);
        if (atHand) return atHand;
        const { lowering } = base;
        switch (lowering.kind) {
          case 'constant':
            return literal(lowering.value);
          case 'setting': {
            const slot = this.settings.slotOf(lowering.name);
            const name = this.bind({ kind: 'settings' }, 'u32', 'read');
            const word = `${name}[${Math.floor(slot / 4)}][${slot % 4}]`;
            return emitter.let(base.dtype === 'u32' ? word : `bitcast<f32>(${word})`);
          }
          case 'pointwise':
            if (!this.materialised.stored.has(base)) {
              return emitter.let(lowering.emit(emitter, index));
            }
        }
        const { binding, shift } = bindingOf(base);
        const name = this.bind(binding, base.dtype, 'read');
        const at = shift === 0 ? index : `${index} + ${this.offset(binding, shift)}`;
        return emitter.let(`${name}[${at}]`);
      },
    };
    return emitter;
  }

  /** `fn NAME(i: u32) -> T`, the value of an operand or the expression of a stored one. */
  operand(name: string, tensor: Tensor, expression?: Expression): void {
    const lines: string[] = [];
    const emitter = this.emitter(lines, new Map());
    const result = expression ? expression(emitter, 'i') : emitter.value(tensor, 'i');
    this.#functions.push(
      `fn ${name}(i: u32) -> ${tensor.dtype} {`,
      ...lines,
      `  return ${result};`,
      '}',
    );
  }

  /** `fn store(i: u32, value: T)`: writes the kernel's result and everything computed from it. */
  store(unit: Unit, dtype: DType, anchor: Tensor | null, name = 'store'): void {
    const lines: string[] = [];
    const known: Known = new Map();
    const emitter = this.emitter(lines, known);
    const computed = ({ lowering }: Tensor, index: string): string => {
      if (lowering.kind !== 'pointwise') throw new PlanError('A unit has two kernels.');
      return emitter.let(lowering.emit(emitter, index));
    };
    if (anchor) know(known, 'i', anchor, 'value');
    unit.outputs.forEach((output, position) => {
      const index = indexAt(unit.places.get(output) ?? null, unit.sources, emitter, known);
      if (!anchor && position === 0) know(known, index, output, 'value');
      const expression = known.get(index)?.get(output) ?? computed(output, index);
      know(known, index, output, expression);
      for (const { output: part, of, part: number } of unit.fragments) {
        if (part !== output || of.lowering.kind !== 'assembled') continue;
        const at = of.lowering.place(emitter, number, index);
        const whole = this.bind({ kind: 'tensor', tensor: of }, of.dtype, 'read_write');
        lines.push(`  ${whole}[${at}] = ${expression};`);
      }
      if (!unit.written.has(output)) return;
      const place = this.bind({ kind: 'tensor', tensor: output }, output.dtype, 'read_write');
      lines.push(`  ${place}[${index}] = ${expression};`);
    });
    this.#functions.push(`fn ${name}(i: u32, value: ${dtype}) {`, ...lines, '}');
  }

  /**
   * Operand and `store` of a stack: those of each unit under names of their own, and functions that
   * find the unit by the index.
   */
  stack(units: readonly { unit: Unit; anchor: Tensor; operand: Tensor }[], name: string): void {
    const reading: string[] = [];
    const storing: string[] = [];
    let [taken, given] = [0, 0];
    units.forEach(({ unit, anchor, operand }, position) => {
      this.operand(`${name}_${position}`, operand);
      this.store(unit, anchor.dtype, anchor, `store_${position}`);
      const last = position === units.length - 1;
      const [end, limit] = [taken + tensorSize(operand), given + tensorSize(anchor)];
      const read = `return ${name}_${position}(i - ${taken}u);`;
      const store = `store_${position}(i - ${given}u, value);`;
      reading.push(last ? `  ${read}` : `  if (i < ${end}u) { ${read} }`);
      storing.push(last ? `  ${store}` : `  if (i < ${limit}u) { ${store} return; }`);
      [taken, given] = [end, limit];
    });
    this.#functions.push(`fn ${name}(i: u32) -> f32 {`, ...reading, '}');
    this.#functions.push('fn store(i: u32, value: f32) {', ...storing, '}');
  }

  /** `fn store_NAME(i: u32, value: T)`: writes a further result, if anything needs it. */
  result(name: string, unit: Unit): void {
    const tensor = unit.results.find(
      ({ lowering }) => lowering.kind === 'result' && lowering.name === name,
    );
    const dtype = tensor?.dtype ?? 'f32';
    const lines =
      tensor && unit.written.has(tensor)
        ? [`  ${this.bind({ kind: 'tensor', tensor }, dtype, 'read_write')}[i] = value;`]
        : [];
    this.#functions.push(`fn store_${name}(i: u32, value: ${dtype}) {`, ...lines, '}');
  }
}

/** Writes the functions that a dispatch of a unit's kernel calls, and lists what to bind. */
export const generateKernel = (
  unit: Unit,
  dispatch: Dispatch,
  materialised: Materialised,
  settings: SettingsLayout,
): GeneratedKernel => {
  const generator = new Generator(materialised, settings);
  const { anchor } = unit;
  if (!anchor) {
    const first = unit.outputs[0];
    if (first?.lowering.kind !== 'pointwise') throw new PlanError('An empty unit.');
    generator.operand('value_at', first, first.lowering.emit);
    generator.store(unit, first.dtype, null);
    return finish(generator, dispatch, []);
  }
  const { kernel } = anchor.lowering as { kernel: KernelLowering };
  if (unit.stacked.length > 0) {
    generator.stack([unit, ...unit.stacked].map(stackMember), kernel.operands[0]?.name ?? 'x');
    return finish(generator, dispatch, []);
  }
  const wanted = (name: string): boolean => dispatch.uses?.operands?.includes(name) ?? true;
  const own: GeneratedKernel['own'][number][] = [];
  kernel.operands.forEach((operand, index) => {
    const tensor = anchor.inputs[index];
    if (!tensor || !wanted(operand.name)) return;
    if (operand.access === 'value') generator.operand(operand.name, tensor);
    else own.push(alignedBinding(anchor, tensor));
  });
  (kernel.scratch ?? []).forEach((_, index) => {
    if (dispatch.uses?.scratch?.includes(index) ?? true) own.push({ kind: 'scratch', index });
  });
  (kernel.updates ?? []).forEach((variable) => own.push({ kind: 'variable', variable }));
  const stores = kernel.stores !== false && (dispatch.uses?.store ?? true);
  if (stores) generator.store(unit, anchor.dtype, anchor);
  for (const name of kernel.results ?? []) generator.result(name, unit);
  return finish(generator, dispatch, own);
};

const stackMember = (unit: Unit): { unit: Unit; anchor: Tensor; operand: Tensor } => {
  const { anchor } = unit;
  const operand = anchor?.inputs[0];
  if (!anchor || !operand) throw new PlanError('A stack is of kernels.');
  return { unit, anchor, operand };
};

const alignedBinding = (anchor: Tensor, tensor: Tensor): StorageBinding => {
  const { binding, shift } = bindingOf(tensor);
  if (shift !== 0) {
    throw new PlanError(`${anchor.operation} needs a buffer that begins on 256 bytes.`);
  }
  return binding;
};

const finish = (
  generator: Generator,
  { source, enables = [] }: Dispatch,
  own: GeneratedKernel['own'],
): GeneratedKernel => ({
  // WGSL wants its directives before all else.
  source: [
    ...enables.map((feature) => `enable ${feature};`),
    POINTWISE_LIBRARY,
    generator.text,
    source,
  ].join('\n'),
  own,
  generated: generator.bindings,
  offsets: generator.offsets,
});

import { perPart, type PartCounts } from '../graph/ops/perPart';
import { elementCount, type Shape } from '../graph/shape';
import { read, variable, type Tensor, type Variable } from '../graph/tensor';

/**
 * All parameters of a network in one flat array, so that an optimizer is one dispatch, a copy of
 * a network is one copy, and a checkpoint is one read. Tensors begin on 256 bytes, except inside a
 * group, whose members lie end to end and can be used as one taller matrix.
 */
export interface ParameterLayout {
  /** Tensors by name, in order; `offset` in elements. */
  readonly entries: ReadonlyMap<string, ParameterPlace>;
  readonly groups: ReadonlyMap<string, ParameterPlace>;
  /** Elements of the flat array, padding included (padding stays zero). */
  readonly size: number;
  /** Number of parameters, padding excluded. */
  readonly count: number;
}

export interface ParameterPlace {
  readonly shape: Shape;
  readonly offset: number;
}

/** What a network declares: single tensors and groups of tensors stacked along their first axis. */
export type ParameterSpec =
  | { readonly name: string; readonly shape: Shape }
  | { readonly group: string; readonly members: readonly { name: string; shape: Shape }[] };

const ALIGNMENT = 64;

const align = (offset: number): number => Math.ceil(offset / ALIGNMENT) * ALIGNMENT;

/** Lays parameters out in the order given. */
export const layoutParameters = (specs: readonly ParameterSpec[]): ParameterLayout => {
  const entries = new Map<string, ParameterPlace>();
  const groups = new Map<string, ParameterPlace>();
  let offset = 0;
  let count = 0;
  const place = (name: string, shape: Shape): void => {
    entries.set(name, { shape, offset });
    offset += elementCount(shape);
    count += elementCount(shape);
  };
  for (const spec of specs) {
    offset = align(offset);
    if ('name' in spec) {
      place(spec.name, spec.shape);
      continue;
    }
    const start = offset;
    for (const member of spec.members) place(member.name, member.shape);
    const rows = spec.members.reduce((sum, member) => sum + (member.shape[0] ?? 1), 0);
    const rest = spec.members[0]?.shape.slice(1) ?? [];
    groups.set(spec.group, { shape: [rows, ...rest], offset: start });
  }
  return { entries, groups, size: align(offset), count };
};

/** What a network is computed with: a graph tensor for the name of each parameter or group. */
export interface Weights {
  /** Throws a RangeError for an unknown name. */
  tensor(name: string): Tensor;
}

/** A flat variable together with its layout: a network's weights, or their gradients. */
export class ParameterSet implements Weights {
  readonly layout: ParameterLayout;
  readonly flat: Variable;
  readonly #windows = new Map<string, Variable>();
  readonly #tensors = new Map<string, Tensor>();

  constructor(name: string, layout: ParameterLayout, window?: Variable['window']) {
    this.layout = layout;
    this.flat = { ...variable(name, [layout.size]), ...(window && { window }) };
  }

  /** The tensor of a parameter or a group; the same graph leaf every time. */
  tensor(name: string): Tensor {
    let tensor = this.#tensors.get(name);
    if (!tensor) {
      tensor = read(this.window(name));
      this.#tensors.set(name, tensor);
    }
    return tensor;
  }

  /** The memory of a parameter or a group. Throws a RangeError for an unknown name. */
  window(name: string): Variable {
    let window = this.#windows.get(name);
    if (!window) {
      const place = this.layout.groups.get(name) ?? this.layout.entries.get(name);
      if (!place) throw new RangeError(`${this.flat.name} has no parameter ${name}.`);
      window = {
        name: `${this.flat.name}.${name}`,
        shape: place.shape,
        dtype: 'f32',
        window: { of: this.flat, offset: place.offset },
      };
      this.#windows.set(name, window);
    }
    return window;
  }

  /** Names that cover every parameter once: groups as wholes, and what is in no group. */
  trainable(): string[] {
    const inGroup = ({ offset }: ParameterPlace): boolean =>
      [...this.layout.groups.values()].some(
        (group) => offset >= group.offset && offset < group.offset + elementCount(group.shape),
      );
    const single = [...this.layout.entries].filter(([, place]) => !inGroup(place));
    return [...this.layout.groups.keys(), ...single.map(([name]) => name)];
  }
}

/** Networks of one layout, end to end in one variable: they can be asked as one batch. */
export class ParameterRow<Name extends string = string> {
  readonly flat: Variable;
  readonly layout: ParameterLayout;
  readonly #networks: ReadonlyMap<Name, ParameterSet>;

  /** Throws a RangeError when two networks have one name. */
  constructor(names: readonly Name[], layout: ParameterLayout) {
    const { size } = layout;
    const flat = variable(names.join(' and '), [names.length * size]);
    this.flat = flat;
    this.layout = layout;
    this.#networks = new Map(
      names.map((name, index) => [
        name,
        new ParameterSet(name, layout, { of: flat, offset: index * size }),
      ]),
    );
    if (this.#networks.size < names.length) throw new RangeError('Networks need their own names.');
  }

  /** One of the networks. Throws a RangeError for an unknown name. */
  network(name: Name): ParameterSet {
    const network = this.#networks.get(name);
    if (!network) throw new RangeError(`There is no network ${name}.`);
    return network;
  }

  /**
   * Weights for a batch of equal parts, so many of which each network answers in its turn. Throws a
   * RangeError unless `counts` are as many as the networks.
   */
  serving(counts: PartCounts): Weights {
    const { size } = this.layout;
    const [first] = this.#networks.values();
    if (!first || counts.length !== this.#networks.size) {
      throw new RangeError(
        `${counts.length} counts are given for ${this.#networks.size} networks.`,
      );
    }
    const between = (counts.length - 1) * size;
    const made = new Map<string, Tensor>();
    const make = (name: string): Tensor => {
      const { shape, window: { offset } = { offset: 0 } } = first.window(name);
      const span: Variable = {
        ...variable(`${this.flat.name}.${name}`, [between + elementCount(shape)]),
        window: { of: this.flat, offset },
      };
      const tensor = perPart(read(span), shape, size, counts);
      made.set(name, tensor);
      return tensor;
    };
    return { tensor: (name) => made.get(name) ?? make(name) };
  }
}

/** Named host tensors of a checkpoint. */
export type NamedTensors = ReadonlyMap<
  string,
  { readonly shape: readonly number[]; readonly data: ArrayLike<number> }
>;

/** A checkpoint does not fit the network; the message names the tensor. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
}

/**
 * Arranges a checkpoint's tensors as the flat array of a layout. Throws CheckpointError for a tensor
 * that is missing, has another shape, or holds a value that is not finite. Memory is taken only when
 * all tensors are there: a file of a few bytes may claim to be a network of gigabytes.
 */
export const flattenParameters = (
  layout: ParameterLayout,
  tensors: NamedTensors,
  prefix = '',
): Float32Array<ArrayBuffer> => {
  const places = [...layout.entries].map(([name, { shape, offset }]) => ({
    data: fittingTensor(tensors, prefix + name, shape),
    name: prefix + name,
    offset,
  }));
  const flat = new Float32Array(layout.size);
  for (const { data, name, offset } of places) {
    const values = Float32Array.from(data);
    if (!values.every(Number.isFinite)) {
      throw new CheckpointError(`${name} holds values that are not finite.`);
    }
    flat.set(values, offset);
  }
  return flat;
};

const fittingTensor = (tensors: NamedTensors, name: string, shape: Shape): ArrayLike<number> => {
  const tensor = tensors.get(name);
  if (!tensor) throw new CheckpointError(`The checkpoint lacks the tensor ${name}.`);
  if (tensor.shape.join() === shape.join()) return tensor.data;
  throw new CheckpointError(
    `${name} has shape [${tensor.shape.join(', ')}], the network needs [${shape.join(', ')}].`,
  );
};

/** The inverse of `flattenParameters`: named tensors out of a flat array. */
export const unflattenParameters = (
  layout: ParameterLayout,
  flat: Float32Array<ArrayBuffer>,
): Map<string, { shape: Shape; data: Float32Array<ArrayBuffer> }> =>
  new Map(
    [...layout.entries].map(([name, { shape, offset }]) => [
      name,
      { shape, data: flat.slice(offset, offset + elementCount(shape)) },
    ]),
  );

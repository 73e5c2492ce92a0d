import type { OnnxAttribute, OnnxEmitter } from '../../graph/onnx';
import type { Shape } from '../../graph/shape';
import { OnnxError } from './error';
import {
  attribute,
  tensor,
  valueInfo,
  writeModel,
  type Dimension,
  type NodeInit,
  type OnnxAbout,
  type OnnxType,
  type TensorInit,
  type ValueInit,
} from './model';

/** Name of the dimension that a file of any batch leaves open. */
export const BATCH = 'batch';

/**
 * The batch to build a graph with whose file is to run with any: axes of this size are written as
 * `batch`. A prime above every other size of a network, so that none is mistaken for it. Samples must
 * not be mixed: a mean over the batch would have this number in it.
 */
export const ANY_BATCH = 8191;

/** Puts a graph together, node by node. Equal constants and nodes are written once. */
export class GraphBuilder implements Omit<OnnxEmitter, 'value'> {
  /** First part of the names of the nodes that follow: the layer that they belong to. */
  scope = '';
  readonly #nodes: NodeInit[] = [];
  readonly #initializers: TensorInit[] = [];
  readonly #inputs: ValueInit[] = [];
  readonly #outputs: ValueInit[] = [];
  readonly #described = new Map<string, ValueInit>();
  readonly #names = new Set<string>();
  /** Values by what makes them. */
  readonly #known = new Map<string, string>();
  /** An input, and its axis that is the batch. */
  #batchFrom: { readonly input: string; readonly axis: number } | undefined;

  /** Declares an input; its axes of size `ANY_BATCH` are left open. */
  input(name: string, type: OnnxType, shape: Shape, description: string): string {
    this.#inputs.push(valueInfo(this.#claim(name), type, shape.map(dimensionOf), description));
    const axis = shape.indexOf(ANY_BATCH);
    if (axis >= 0) this.#batchFrom ??= { input: name, axis };
    return name;
  }

  /** Stores a tensor under a name of its own. */
  initializer(
    name: string,
    type: OnnxType,
    shape: Shape,
    data: ArrayBufferView<ArrayBuffer>,
  ): string {
    this.#initializers.push(tensor(this.#claim(name), type, shape, data));
    return name;
  }

  node(
    type: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
  ): string {
    return this.#once(JSON.stringify([type, inputs, attributes]), () => {
      const name = this.#fresh(this.scope ? `${this.scope}/${type}` : type);
      this.#nodes.push({
        name,
        opType: type,
        input: [...inputs],
        output: [name],
        attribute: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
      });
      return name;
    });
  }

  floats(values: number | readonly number[]): string {
    const data = Float32Array.from(typeof values === 'number' ? [values] : values);
    return this.#constant('float32', values, data);
  }

  integers(values: number | readonly number[]): string {
    const list = typeof values === 'number' ? [values] : values;
    if (list.some((value) => value !== 0 && value % ANY_BATCH === 0)) {
      throw new OnnxError(
        'The graph has the number of samples in it; write the file with a fixed batch.',
      );
    }
    return this.#constant('int64', values, BigInt64Array.from(list, BigInt));
  }

  reshape(value: string, from: Shape, to: Shape): string {
    const open = to.map((size, axis) => {
      if (size % ANY_BATCH !== 0) return size;
      // 0 keeps the axis of that place, -1 takes what is left over.
      return from[axis] === size ? 0 : -1;
    });
    if (open.filter((size) => size === -1).length > 1) {
      throw new OnnxError(
        `The reshape of [${from.join(', ')}] to [${to.join(', ')}] spreads the batch over several axes; write the file with a fixed batch.`,
      );
    }
    return this.node('Reshape', [value, this.integers(open)]);
  }

  expand(value: string, to: Shape): string {
    if (!to.includes(ANY_BATCH)) return this.node('Expand', [value, this.integers(to)]);
    const batch = this.#batchSize();
    const parts = to.map((size) => (size === ANY_BATCH ? batch : this.integers([size])));
    return this.node('Expand', [value, this.node('Concat', parts, { axis: 0 })]);
  }

  /** States the shape of a value, for readers of the file. */
  describe(value: string, type: OnnxType, shape: Shape): void {
    if (this.#described.has(value)) return;
    this.#described.set(value, valueInfo(value, type, shape.map(dimensionOf)));
  }

  /** Declares a value as an output under a name. */
  output(name: string, value: string, shape: Shape, description: string): void {
    this.#claim(name);
    this.#nodes.push({ name, opType: 'Identity', input: [value], output: [name] });
    this.#outputs.push(valueInfo(name, 'float32', shape.map(dimensionOf), description));
  }

  /** The file. What no output needs is left out. */
  write(about: OnnxAbout): Uint8Array<ArrayBuffer> {
    const needed = new Set(this.#outputs.map(({ name }) => name));
    const node = this.#nodes
      .toReversed()
      .filter(({ output = [], input = [] }) => {
        const used = output.some((name) => needed.has(name));
        if (used) for (const name of input) needed.add(name);
        return used;
      })
      .reverse();
    const made = new Set(node.flatMap(({ output = [] }) => output));
    return writeModel(
      {
        node,
        input: this.#inputs,
        output: this.#outputs,
        initializer: this.#initializers.filter(({ name = '' }) => needed.has(name)),
        valueInfo: [...this.#described].flatMap(([name, info]) => (made.has(name) ? [info] : [])),
      },
      about,
    );
  }

  /** The batch of this run, int64 with one axis. */
  #batchSize(): string {
    const from = this.#batchFrom;
    if (!from) throw new OnnxError('No input of the file says how large the batch is.');
    return this.node('Shape', [from.input], { start: from.axis, end: from.axis + 1 });
  }

  #constant(
    type: 'float32' | 'int64',
    values: number | readonly number[],
    data: ArrayBufferView<ArrayBuffer>,
  ): string {
    return this.#once(JSON.stringify([type, values]), () => {
      const shape = typeof values === 'number' ? [] : [values.length];
      return this.initializer(this.#fresh('constant', false), type, shape, data);
    });
  }

  #once(key: string, make: () => string): string {
    const value = this.#known.get(key) ?? make();
    this.#known.set(key, value);
    return value;
  }

  /** A name that is not taken: NAME, NAME_2, NAME_3. */
  #fresh(name: string, claim = true): string {
    let free = name;
    for (let count = 2; this.#names.has(free); count++) free = `${name}_${count}`;
    return claim ? this.#claim(free) : free;
  }

  #claim(name: string): string {
    if (this.#names.has(name)) throw new OnnxError(`Two values of the file are called ${name}.`);
    this.#names.add(name);
    return name;
  }
}

const dimensionOf = (size: number): Dimension => {
  if (size === ANY_BATCH) return BATCH;
  return size % ANY_BATCH === 0 ? `${size / ANY_BATCH} ${BATCH}` : size;
};

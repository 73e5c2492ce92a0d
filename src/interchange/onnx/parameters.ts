import type { Variable } from '../../graph/tensor';
import type { ParameterLayout, ParameterPlace } from '../../models/parameters';
import { float16ToNumber, numberToFloat16 } from '../halfFloat';
import type { GraphBuilder } from './builder';
import { OnnxError } from './error';
import { dataType } from './model';
import type { Leaf } from './trace';

/** How weights are stored. Arithmetic is in float32 either way. */
export const WEIGHT_PRECISIONS = ['float32', 'float16'] as const;
export type WeightPrecision = (typeof WEIGHT_PRECISIONS)[number];

/** A network's weights: a layout and its flat array. */
export interface Weights {
  readonly layout: ParameterLayout;
  readonly flat: Float32Array<ArrayBuffer>;
}

const sizeOf = ({ shape }: ParameterPlace): number =>
  shape.reduce((product, size) => product * size, 1);

const FLOAT16_MAX = 65504;

const toFloat16 = (name: string, values: Float32Array): Uint16Array<ArrayBuffer> => {
  const largest = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  if (!(largest <= FLOAT16_MAX)) {
    throw new OnnxError(
      `${name} holds ${largest}, and float16 ends at ${FLOAT16_MAX}; write the weights as float32.`,
    );
  }
  return Uint16Array.from(values, numberToFloat16);
};

/** Weights as a float16 file holds them, as float32: what such a file is to be compared with. */
export const roundToFloat16 = (flat: Float32Array): Float32Array<ArrayBuffer> =>
  Float32Array.from(flat, (value) => float16ToNumber(numberToFloat16(value)));

/**
 * Stores parameters under their names as they are first read. A group, which the graph reads as one
 * taller matrix, is its members joined. The result throws a
 * RangeError for a variable that is no window of `flat`.
 */
export const parameterLeaves = (
  builder: GraphBuilder,
  flat: Variable,
  weights: Weights,
  precision: WeightPrecision,
): ((variable: Variable) => Leaf) => {
  const store = (name: string, place: ParameterPlace): string => {
    const { shape, offset } = place;
    const values = weights.flat.slice(offset, offset + sizeOf(place));
    const data = precision === 'float16' ? toFloat16(name, values) : values;
    return builder.initializer(name, precision, shape, data);
  };
  const storeGroup = ({ shape, offset }: ParameterPlace): string => {
    const end = offset + sizeOf({ shape, offset });
    const members = [...weights.layout.entries].filter(
      ([, place]) => place.offset >= offset && place.offset < end,
    );
    const parts = members.map(([name, place]) => store(name, place));
    return builder.node('Concat', parts, { axis: 0 });
  };

  const leaves = new Map<Variable, Leaf>();
  return (variable) => {
    if (variable.window?.of !== flat) {
      throw new RangeError(`${variable.name} is no parameter of ${flat.name}.`);
    }
    const known = leaves.get(variable);
    if (known) return known;
    const name = variable.name.slice(flat.name.length + 1);
    const layer = name.replace(/\.[^.]*$/, '');
    builder.scope = layer;
    const group = weights.layout.groups.get(name);
    const place = weights.layout.entries.get(name);
    const stored = group ? storeGroup(group) : place && store(name, place);
    if (stored === undefined) throw new RangeError(`The layout has no parameter ${name}.`);
    const value =
      precision === 'float16'
        ? builder.node('Cast', [stored], { to: dataType('float32') })
        : stored;
    const leaf = { value, layer };
    leaves.set(variable, leaf);
    return leaf;
  };
};

import { aliasBase } from './plan/program';
import { stridesOf } from './shape';
import { makeTensor, type Tensor } from './tensor';
import { linear } from './ops/indices';
import { slice } from './ops/views';

/** Up to so many parts are added up where they are read, without memory of their own. */
const FEW = 5;

/** A part of a value along an axis, and where it begins. */
interface Part {
  readonly tensor: Tensor;
  readonly axis: number;
  readonly start: number;
}

const partOf = ({ lowering, inputs: [tensor] }: Tensor): Part | undefined =>
  lowering.kind === 'pointwise' && lowering.padding && tensor
    ? { tensor, ...lowering.padding }
    : undefined;

/** Whether a unit can compute it and write it elsewhere. */
const isComputed = ({ tensor }: Part): boolean =>
  ['kernel', 'pointwise'].includes(aliasBase(tensor).lowering.kind);

const lengthOf = ({ tensor, axis }: Part): number => tensor.shape[axis] ?? 1;

/**
 * The sum of many padded values that lie side by side along one axis and leave nothing out, as memory
 * that each of their kernels writes in place; null where they do not. So come the gradients of a value
 * that is cut into slices, which would else be gathered, a few at a time, by dispatches of their own.
 */
export const assemble = (padded: readonly Tensor[]): Tensor | null => {
  const [first] = padded;
  const parts = padded.flatMap((tensor) => partOf(tensor) ?? []);
  const axis = parts[0]?.axis ?? 0;
  if (!first || padded.length <= FEW || parts.length < padded.length) return null;
  const sorted = [...parts].sort((a, b) => a.start - b.start);
  let end = 0;
  for (const part of sorted) {
    if (part.axis !== axis || part.start !== end || !isComputed(part)) return null;
    end += lengthOf(part);
  }
  if (end !== first.shape[axis]) return null;
  const strides = stridesOf(first.shape);
  return makeTensor({
    operation: 'assembled',
    shape: first.shape,
    dtype: first.dtype,
    inputs: sorted.map(({ tensor }) => tensor),
    gradient: (dy) => sorted.map((part) => slice(dy, axis, part.start, lengthOf(part))),
    lowering: {
      kind: 'assembled',
      place: (emitter, number, index) => {
        const part = sorted[number];
        if (!part) throw new RangeError(`There is no part ${number}.`);
        const begin = emitter.offset(part, part.start * (strides[axis] ?? 1));
        return linear(emitter, index, part.tensor.shape, (at) => strides[at] ?? 0, begin);
      },
    },
  });
};

import turns from '../../../shaders/math/turns.wgsl?raw';
import boxMuller from '../../../shaders/random/box_muller.wgsl?raw';
import normalSource from '../../../shaders/random/normal.wgsl?raw';
import philox from '../../../shaders/random/philox.wgsl?raw';
import uniformSource from '../../../shaders/random/uniform.wgsl?raw';
import { ceilDivide, spreadWorkgroups } from '../kernel';
import { elementCount, refuseShapes, type Shape } from '../shape';
import { makeTensor, type Tensor } from '../tensor';

/** Invocations a workgroup of the random kernels, and random words a Philox block. */
const WORKGROUP = 64;
const WORDS_PER_BLOCK = 4;

/**
 * What a random tensor depends on; nothing else does, so a run can be repeated. Two tensors of one
 * program need different streams, or they hold the same numbers.
 */
export interface RandomSource {
  /** u32 scalar: which run. */
  readonly seed: Tensor;
  /** u32 scalar: which iteration. */
  readonly step: Tensor;
  /** u32: which use within an iteration. */
  readonly stream: number;
}

/** WGSL source of a kernel that draws random words. */
export const withPhilox = (source: string): string => `${philox}\n${source}`;

/** WGSL source of a kernel that draws random words and makes normal numbers of them. */
export const withNormals = (source: string): string =>
  withPhilox(`${turns}\n${boxMuller}\n${source}`);

/** Workgroups of a kernel that makes four of `count` elements of each of `parts` an invocation. */
export const randomWorkgroups = (count: number, parts = 1): [number, number, number] =>
  spreadWorkgroups(ceilDivide(parts * ceilDivide(count, WORDS_PER_BLOCK), WORKGROUP));

/** Throws unless seed and step are u32 scalars (ShapeError) and stream is a u32 (RangeError). */
export const checkSource = (operation: string, { seed, step, stream }: RandomSource): void => {
  if (seed.shape.length > 0 || step.shape.length > 0) {
    refuseShapes(operation, [seed.shape, step.shape], 'seed and step must be scalars');
  }
  if (seed.dtype !== 'u32' || step.dtype !== 'u32') {
    throw new TypeError(`${operation}: seed and step must be u32 scalars.`);
  }
  if (stream >>> 0 !== stream) {
    throw new RangeError(`${operation}: stream must be an integer in [0, 2^32), got ${stream}.`);
  }
};

const random =
  (operation: string, source: string, flopsPerElement: number) =>
  (shape: Shape, from: RandomSource, parts = 1): Tensor => {
    checkSource(operation, from);
    const [all = 1] = shape;
    if (all % parts !== 0) refuseShapes(operation, [shape], `the first axis is no ${parts} parts`);
    const elements = elementCount(shape);
    const count = elements / parts;
    return makeTensor({
      operation,
      shape,
      inputs: [from.seed, from.step],
      lowering: {
        kind: 'kernel',
        kernel: {
          family: `random/${operation}`,
          operands: [
            { name: 'seed', access: 'value' },
            { name: 'step', access: 'value' },
          ],
          dispatches: () => [
            {
              source,
              shape: [count, from.stream, parts],
              workgroups: randomWorkgroups(count, parts),
            },
          ],
          flops: flopsPerElement * elements,
        },
      },
    });
  };

/**
 * Independent standard normal numbers of a shape, by Philox4x32-10 and Box-Muller. Of `parts` equal
 * parts of the first axis the first is drawn at the source's step, each later one at the next step: the
 * numbers that as many draws of one part would give. No gradient. Throws ShapeError where it does not
 * split.
 */
export const randomNormal = random('normal', withNormals(normalSource), 16);

/** Independent uniform numbers in [0, 1) of a shape, by Philox4x32-10; parts as of `randomNormal`. */
export const randomUniform = random('uniform', withPhilox(uniformSource), 2);

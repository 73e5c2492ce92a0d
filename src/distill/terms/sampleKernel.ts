import { rowDispatch } from '../../graph/ops/lanes';
import type { Operand } from '../../graph/kernel';
import { refuseShapes, sameShape } from '../../graph/shape';
import { makeTensor, tensorSize, type Tensor } from '../../graph/tensor';

/** Throws ShapeError, in the name of `operation`, unless all images have one shape. */
export const requireSameShape = (
  operation: string,
  images: Tensor,
  others: readonly Tensor[],
): void => {
  for (const other of others) {
    if (!sameShape(images.shape, other.shape)) {
      refuseShapes(operation, [images.shape, other.shape], 'images must have one shape');
    }
  }
};

/** One input of a term: its name in the WGSL file and how often each element is evaluated. */
export interface TermInput {
  readonly name: string;
  readonly tensor: Tensor;
  readonly evaluations?: number;
}

/**
 * A term's kernel over samples: one row of lanes a sample (see `lanes.ts`), every input fused in,
 * the result shaped like `images` (B, ...). No gradient: terms are constants to the student.
 */
export const sampleKernel = (
  operation: string,
  source: string,
  images: Tensor,
  inputs: readonly TermInput[],
): Tensor => {
  const samples = images.shape[0] ?? 1;
  const count = tensorSize(images);
  const operands = inputs.map(({ name, evaluations = 1 }): Operand => ({
    name,
    access: 'value',
    evaluations,
  }));
  return makeTensor({
    operation,
    shape: images.shape,
    inputs: inputs.map(({ tensor }) => tensor),
    lowering: {
      kind: 'kernel',
      kernel: {
        family: `distill/${operation}`,
        operands,
        dispatches: (choice) => [
          { ...rowDispatch(choice, source, samples), shape: [samples, count / samples] },
        ],
        flops: 6 * count,
      },
    },
  });
};

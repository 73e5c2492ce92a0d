import source from '../../shaders/distill/gan_discriminator.wgsl?raw';
import { rowDispatch } from '../graph/ops/lanes';
import { slice } from '../graph/ops/views';
import { refuseShapes } from '../graph/shape';
import { makeTensor, type Tensor } from '../graph/tensor';

/** What a discriminator said, one logit an image (B); positive means "real". */
export interface Verdicts {
  /** Of renoised images of the student. */
  readonly fake: Tensor;
  /** Of renoised real images. */
  readonly real: Tensor;
  /** Of the same real ones with a little more noise, for R1; left out: no penalty. */
  readonly near?: Tensor;
  /** Scalar weight of R1. */
  readonly r1: Tensor;
}

/** The discriminator's loss, where its backpropagation begins, and what it got right. */
export interface DiscriminatorLoss {
  /** dL/dlogit (B). */
  readonly ofFake: Tensor;
  readonly ofReal: Tensor;
  /** All zero without `near`. */
  readonly ofNear: Tensor;
  /** (2): the loss, and the share of logits on the right side of 0. */
  readonly figures: Tensor;
}

/**
 * Loss of the discriminator, L = 1/B sum_b softplus(fake_b) + softplus(-real_b) +
 * r1 (real_b - near_b)^2, with its derivatives, by one kernel.
 *
 * The last term is the *approximated* R1 penalty of Lin et al. 2025 ("Seaweed-APT", arXiv
 * 2501.08316): the change of D under a little noise stands in for its gradient, so that no second
 * derivatives are needed. Throws ShapeError unless all logits are of one shape (B).
 */
export const discriminatorLoss = ({ fake, real, near, r1 }: Verdicts): DiscriminatorLoss => {
  const nearby = near ?? real;
  const [samples = 1] = real.shape;
  for (const logits of [fake, real, nearby]) {
    if (logits.shape.length !== 1 || logits.shape[0] !== samples) {
      refuseShapes('discriminatorLoss', [real.shape, logits.shape], 'logits must be of one (B)');
    }
  }
  const result = makeTensor({
    operation: 'discriminatorLoss',
    shape: [3 * samples + 2],
    inputs: [fake, real, nearby, r1],
    lowering: {
      kind: 'kernel',
      kernel: {
        family: 'distill/discriminatorLoss',
        operands: ['fake', 'real', 'near', 'r1'].map((name) => ({ name, access: 'value' })),
        dispatches: (choice) => [{ ...rowDispatch(choice, source, 1), shape: [samples] }],
        flops: 50 * samples,
      },
    },
  });
  const part = (index: number): Tensor => slice(result, 0, index * samples, samples);
  return {
    ofFake: part(0),
    ofReal: part(1),
    ofNear: part(2),
    figures: slice(result, 0, 3 * samples, 2),
  };
};

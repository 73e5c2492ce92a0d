import source from '../../../shaders/distill/gan.wgsl?raw';
import { gradients } from '../../graph/differentiate';
import { ceilDivide, spreadWorkgroups } from '../../graph/kernel';
import { refuseShapes } from '../../graph/shape';
import { makeTensor, tensorSize, type Tensor } from '../../graph/tensor';
import { STREAMS } from '../streams';
import type { Term } from './term';

const WORKGROUP = 64;

export interface Adversary {
  /** The student's images x_gen (B, ...). */
  readonly gen: Tensor;
  /** Logits (B) of a discriminator, a differentiable function of gen; positive means "real". */
  readonly logits: Tensor;
  /** Scalar. */
  readonly weight: Tensor;
}

/** dL/dlogit times -(values of all images) * weight, of L = mean softplus(-logit); (B). */
const updateSeed = ({ gen, logits, weight }: Adversary): Tensor => {
  const [samples = 1] = gen.shape;
  if (logits.shape.length !== 1 || logits.shape[0] !== samples) {
    refuseShapes('adversarialUpdate', [gen.shape, logits.shape], 'needs one logit an image');
  }
  return makeTensor({
    operation: 'adversarialUpdate',
    shape: logits.shape,
    inputs: [logits, weight],
    lowering: {
      kind: 'kernel',
      kernel: {
        family: 'distill/gan',
        operands: [
          { name: 'logit', access: 'value' },
          { name: 'weight', access: 'value' },
        ],
        dispatches: () => [
          {
            source,
            shape: [samples, tensorSize(gen) / samples],
            workgroups: spreadWorkgroups(ceilDivide(samples, WORKGROUP)),
          },
        ],
        flops: 12 * samples,
      },
    },
  });
};

/**
 * The adversarial update of the non-saturating loss L = 1/B sum_b softplus(-logit_b):
 *   Delta_GAN = -n * weight * dL/dx_gen, n all values of the batch,
 * backpropagated through whatever made the logits, to the images only. Shaped like gen; throws
 * ShapeError unless there is one logit an image that depends on it.
 */
export const adversarialUpdate = (from: Adversary): Tensor => {
  const seed = { tensor: from.logits, gradient: updateSeed(from) };
  const [delta] = gradients([seed], [from.gen]);
  return delta ?? refuseShapes('adversarialUpdate', [from.gen.shape], 'has no gradient');
};

/** GAN as a term of the student's update: the discriminator looks at x_gen at its own tau. */
export const ganTerm: Term = {
  needs: ['discriminator'],
  draws: { tau: STREAMS.ganTau, noise: STREAMS.ganNoise },
  update: ({ gen, point, discriminate, weight }) =>
    adversarialUpdate({ gen, logits: discriminate(point()), weight }),
};

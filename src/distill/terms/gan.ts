import { add, negate, softplus } from '../../graph/ops/pointwise';
import { mean } from '../../graph/ops/reduce';
import type { Tensor } from '../../graph/tensor';

/** Non-saturating loss of the student: mean softplus(-logit) of its renoised images; a scalar. */
export const generatorLoss = (logits: Tensor): Tensor => mean(softplus(negate(logits)));

/**
 * Loss of the discriminator: mean(softplus(fake) + softplus(-real)) over logits of renoised images
 * of the student and of the data, one shape; a scalar.
 */
export const discriminatorLoss = (fakeLogits: Tensor, realLogits: Tensor): Tensor =>
  mean(add(softplus(fakeLogits), softplus(negate(realLogits))));

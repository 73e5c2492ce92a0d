import { eulerStep, guidedVelocity } from '../flow/euler';
import { broadcastTo } from '../graph/ops/views';
import { read, type Tensor, type Variable } from '../graph/tensor';
import { scalars } from './settings';
import type { Ask } from './staged';

/** Images of a teacher on their way from noise, and the prompts they are made for. */
export interface GuidedSampling {
  readonly ask: Ask;
  /** (B, ...). */
  readonly images: Variable;
  /** i32 (B, A). */
  readonly rows: Variable;
}

/** One guided Euler step of images in memory: conditional and unconditional as one batch. */
export const guidedStep = ({ ask, images, rows }: GuidedSampling): Tensor => {
  const x = read(images);
  const tau = broadcastTo(scalars.eulerTime(), [images.shape[0] ?? 1]);
  const [cond, uncond] = ask([
    { x, tau, rows: read(rows) },
    { x, tau, rows: null },
  ]);
  if (!cond || !uncond) throw new RangeError('The teacher answers every query.');
  const velocity = guidedVelocity(cond, uncond, scalars.guidanceScale());
  return eulerStep(x, velocity, scalars.eulerStep());
};

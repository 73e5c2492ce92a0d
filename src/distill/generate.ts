import { cleanPrediction } from '../flow/cleanPrediction';
import { renoise } from '../flow/renoise';
import { broadcastTo, detach } from '../graph/ops/views';
import type { Tensor } from '../graph/tensor';
import type { Velocity } from '../models/backbone';

/** A few-step generator and what it is asked for. */
export interface Generator {
  readonly velocity: Velocity;
  /** Prompts, i32 (B, A). */
  readonly rows: Tensor;
}

/** Scalar times t_1 = 0 < t_2 < ... of the steps taken, and the noise that each starts from. */
export interface Trajectory {
  readonly times: readonly Tensor[];
  /** `noises[0]` is the initial noise; `noises[k]` renoises the prediction of step k to t_(k+1). */
  readonly noises: readonly Tensor[];
}

/** One call of the generator: xhat = z + (1 - t) v(z, t). */
export const generatorStep = ({ velocity, rows }: Generator, z: Tensor, t: Tensor): Tensor => {
  const times = broadcastTo(t, [z.shape[0] ?? 1]);
  return cleanPrediction(z, times, velocity({ x: z, t: times, rows }));
};

/**
 * Backward simulation (Algorithm 1): runs the generator from noise through all steps but the last
 * of the trajectory, renoising each clean prediction to the next time. Returns z_t, the input of
 * the last step; no gradient flows into it.
 */
export const simulate = (generator: Generator, { times, noises }: Trajectory): Tensor => {
  let [z] = noises;
  if (!z) throw new RangeError('A trajectory needs its initial noise.');
  for (let step = 0; step + 1 < times.length; step++) {
    const [now, next, noise] = [times[step], times[step + 1], noises[step + 1]];
    if (!now || !next || !noise) throw new RangeError('A trajectory needs noise for each step.');
    const clean = generatorStep(generator, z, now);
    z = renoise(clean, broadcastTo(next, [z.shape[0] ?? 1]), noise);
  }
  return detach(z);
};

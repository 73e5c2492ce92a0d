import type { ImageSource } from '../distill/data';
import type { Teacher } from '../distill/networks';
import {
  regress,
  type RegressionKind,
  type RegressionOptions,
  type RegressionStep,
} from '../distill/regression';
import type { Engine } from '../graph/engine';

/** How students of a teacher made elsewhere get their start. */
export type ImitationOptions = RegressionOptions;

/** How an imitation is followed, and ended before it is done. */
export interface ImitationControl {
  /** Called with the steps done and the error of the last one, as a share of the velocity's square. */
  readonly onStep?: (done: number, error: number) => void;
  /** Once aborted, the imitation rejects with its reason. */
  readonly signal?: AbortSignal;
}

const IMITATION: RegressionKind = {
  name: 'imitation',
  warmUp: 0.05,
  // The first steps of random weights are wild.
  gradientClip: 1,
  streams: { samples: 0, times: 1, noise: 2 },
};

/** Steps whose errors are averaged into the one that is reported at the end. */
const AVERAGED = 20;

const shareOf = ({ error, scale }: RegressionStep): number => error / scale;

/**
 * Teaches the networks' start the velocity of a teacher that has another form. The paper starts from
 * the teacher's own weights; where these do not fit, this stands in. Changes `teacher.parameters`, and
 * resolves to the error over the last steps: mean squared, as a share of the velocity's mean square.
 */
export const imitate = async (
  engine: Engine,
  teacher: Teacher,
  images: ImageSource,
  options: ImitationOptions,
  { onStep, signal }: ImitationControl = {},
): Promise<number> => {
  const steps = await regress(engine, teacher, images, options, IMITATION, {
    signal,
    onStep: (done, step) => onStep?.(done, shareOf(step)),
  });
  const last = steps.slice(-AVERAGED).map(shareOf);
  return last.reduce((sum, share) => sum + share, 0) / last.length;
};

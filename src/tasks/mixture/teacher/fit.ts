import type { InGraphTeacher } from '../../../distill/networks';
import { regress, type RegressionKind, type RegressionOptions } from '../../../distill/regression';
import type { Engine } from '../../../graph/engine';
import { PhiloxStream } from '../../../graph/philox';
import { initialPointMlp, type PointMlpConfig } from '../../../models/pointMlp';
import type { Mixture } from '../mixture';
import { mixtureData } from './data';

export type FitOptions = RegressionOptions;

/** How a fit is followed, and ended before it is done. */
export interface FitControl {
  /** Called with the steps done and wanted. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Once aborted, the fit rejects with its reason. */
  readonly signal?: AbortSignal;
}

/** Steps whose errors are averaged into the one that is reported. */
const AVERAGED = 50;
/** Steps between two words of progress. */
const TOLD = 20;

const WEIGHTS_STREAM = 0;

const FIT: RegressionKind = {
  name: 'fit',
  warmUp: 0,
  gradientClip: null,
  streams: { samples: 1, times: 2, noise: 3 },
};

/** The network, the teacher it learns from, and their mixture. */
export interface FitTarget {
  readonly mixture: Mixture;
  readonly network: PointMlpConfig;
  readonly teacher: InGraphTeacher;
}

/**
 * Fits the teacher's parameters, from scratch, to its exact velocity, where the target has no noise of
 * its own. Resolves to the root mean square error over the last steps, both coordinates together.
 */
export const fitVelocity = async (
  engine: Engine,
  { mixture, network, teacher }: FitTarget,
  options: FitOptions,
  { onProgress, signal }: FitControl = {},
): Promise<number> => {
  const random = new PhiloxStream(options.seed, WEIGHTS_STREAM, 0);
  engine.memory.write(teacher.parameters.flat, initialPointMlp(network, random));
  const { images: points } = mixtureData(mixture);
  const steps = await regress(engine, teacher, points, options, FIT, {
    signal,
    onStep: (done) => {
      if (done % TOLD === 0) onProgress?.(done, options.steps);
    },
  });
  const last = steps.slice(-AVERAGED);
  return Math.sqrt((2 * last.reduce((sum, { error }) => sum + error, 0)) / last.length);
};

import { setting, type Tensor } from '../graph/tensor';
import type { Settings } from '../graph/recording';
import { biasCorrection } from '../graph/optimizers/adam';
import type { DistillConfig, TermId } from './config';
import { studentTimes } from './schedule';
import { TERM_IDS } from './terms/registry';

/** Adam's constants for student and critic; the rates are settings. */
export const ADAM = { beta1: 0, beta2: 0.99, epsilon: 1e-8, weightDecay: 0 } as const;

export type TraineeId = 'student' | 'critic';

/** The scalars that graphs read, by meaning; the host fills them with `settingsFor`. */
export const scalars = {
  seed: () => setting('seed', 'u32'),
  step: () => setting('step', 'u32'),
  guidanceScale: () => setting('guidanceScale'),
  normalise: () => setting('normalise'),
  /** Time of step `index` (from 0) of the student's schedule. */
  time: (index: number) => setting(`time.${index}`),
  weight: (term: TermId) => setting(`${term}.weight`),
  tauLo: (term: TermId | 'critic') => setting(`${term}.lo`),
  tauHi: (term: TermId | 'critic') => setting(`${term}.hi`),
  aboveT: (term: TermId | 'critic') => setting(`${term}.aboveT`),
  learningRate: (of: TraineeId) => setting(`${of}.learningRate`),
  correction1: (of: TraineeId) => setting(`${of}.correction1`),
  correction2: (of: TraineeId) => setting(`${of}.correction2`),
  gradientClip: (of: TraineeId) => setting(`${of}.gradientClip`),
  emaDecay: () => setting('emaDecay'),
  /** 0 for the first critic update of an iteration, then 1. */
  lossCarried: () => setting('loss.carried'),
  /** 1 / (critic updates of an iteration). */
  lossShare: () => setting('loss.share'),
} satisfies Record<string, (...args: never[]) => Tensor>;

/** Values of every scalar of a run, apart from counters. */
export const configSettings = (config: DistillConfig): Settings => ({
  seed: { u32: config.seed },
  guidanceScale: config.guidanceScale,
  normalise: config.normalise ? 1 : 0,
  ...Object.fromEntries(
    studentTimes(config.student.steps).map((value, index) => [`time.${index}`, value]),
  ),
  ...Object.fromEntries(
    TERM_IDS.flatMap((id): [string, number][] => {
      const { weight, tau } = config.terms[id];
      return [
        [`${id}.weight`, weight],
        [`${id}.lo`, tau.lo],
        [`${id}.hi`, tau.hi],
        [`${id}.aboveT`, tau.aboveT ? 1 : 0],
      ];
    }),
  ),
  'critic.lo': 0,
  'critic.hi': 1,
  'critic.aboveT': 0,
  'student.learningRate': config.student.learningRate,
  'student.gradientClip': config.student.gradientClip,
  'critic.learningRate': config.critic.learningRate,
  'critic.gradientClip': config.critic.gradientClip,
  emaDecay: config.student.emaDecay,
});

/** Adam's bias corrections before its update number `update` (from 1). */
export const optimizerSettings = (of: TraineeId, update: number): Settings => ({
  [`${of}.correction1`]: biasCorrection(ADAM.beta1, update),
  [`${of}.correction2`]: biasCorrection(ADAM.beta2, update),
});

import { biasCorrection } from '../graph/optimizers/adam';
import type { Settings } from '../graph/recording';
import { setting, type Tensor } from '../graph/tensor';
import type { TauSource } from '../flow/sampleTau';
import { DISTRIBUTIONS } from '../flow/tauDistribution';
import {
  tauRangeSchema,
  type DistillConfig,
  type TauRange,
  type TauTermId,
  type TermId,
} from './config';
import type { ImageStatistics } from './data';
import { studentTimes } from './schedule';
import type { NetworkId } from './streams';
import { TAU_TERM_IDS, TERM_IDS } from './terms/registry';

/** Adam's constants for every network; the rates are settings. */
export const ADAM = { beta1: 0, beta2: 0.99, epsilon: 1e-8, weightDecay: 0 } as const;

/** The scalars of a range of noise levels. */
type TauScalars = Pick<
  TauSource,
  'distribution' | 'lo' | 'hi' | 'aboveT' | 'logitMean' | 'logitStd' | 'shift'
>;

/** The scalars that graphs read, by meaning; the host fills them with `configSettings`. */
export const scalars = {
  seed: () => setting('seed', 'u32'),
  step: () => setting('step', 'u32'),
  guidanceScale: () => setting('guidanceScale'),
  normalise: () => setting('normalise'),
  /** Time of step `index` (from 0) of the student's schedule. */
  time: (index: number) => setting(`time.${index}`),
  weight: (term: TermId) => setting(`${term}.weight`),
  learningRate: (of: NetworkId) => setting(`${of}.learningRate`),
  correction1: (of: NetworkId) => setting(`${of}.correction1`),
  correction2: (of: NetworkId) => setting(`${of}.correction2`),
  gradientClip: (of: NetworkId) => setting(`${of}.gradientClip`),
  emaDecay: () => setting('emaDecay'),
  r1: () => setting('discriminator.r1'),
  /** mu* and s2* of the data (Eq. 7). */
  targetMean: () => setting('target.mean'),
  targetVariance: () => setting('target.variance'),
  /** 0 for the first update of a network in an iteration, then 1. */
  lossCarried: () => setting('loss.carried'),
  /** Which of a batch of several updates of the critic is at hand, from 0. */
  update: () => setting('update', 'u32'),
  /** 1 / (updates of a network in an iteration). */
  lossShare: () => setting('loss.share'),
  /** Time and length of an Euler step. */
  eulerTime: () => setting('euler.t'),
  eulerStep: () => setting('euler.dt'),
} satisfies Record<string, (...args: never[]) => Tensor>;

/** The scalars of one range of noise levels. */
export const tauScalars = (of: TauTermId | 'critic'): TauScalars => ({
  distribution: setting(`${of}.distribution`),
  lo: setting(`${of}.lo`),
  hi: setting(`${of}.hi`),
  aboveT: setting(`${of}.aboveT`),
  logitMean: setting(`${of}.logitMean`),
  logitStd: setting(`${of}.logitStd`),
  shift: setting(`${of}.shift`),
});

const tauSettings = (of: TauTermId | 'critic', tau: TauRange): [string, number][] => [
  [`${of}.distribution`, DISTRIBUTIONS.indexOf(tau.distribution)],
  [`${of}.lo`, tau.lo],
  [`${of}.hi`, tau.hi],
  [`${of}.aboveT`, tau.aboveT ? 1 : 0],
  [`${of}.logitMean`, tau.logitMean],
  [`${of}.logitStd`, tau.logitStd],
  [`${of}.shift`, tau.shift],
];

/** The critic learns everywhere: tau' ~ U(0, 1] (Algorithm 1, step 4). */
export const CRITIC_TAU = tauRangeSchema.parse({ lo: 0, hi: 1 });

/**
 * Values of every scalar of a run, apart from counters; `statistics` of the data where something
 * needs them.
 */
export const configSettings = (
  config: DistillConfig,
  statistics: ImageStatistics | null,
): Settings => ({
  seed: { u32: config.seed },
  guidanceScale: config.guidanceScale,
  normalise: config.normalise ? 1 : 0,
  ...(statistics && { 'target.mean': statistics.mean, 'target.variance': statistics.variance }),
  ...Object.fromEntries(
    studentTimes(config.student.steps).map((value, index) => [`time.${index}`, value]),
  ),
  ...Object.fromEntries(TERM_IDS.map((id) => [`${id}.weight`, config.terms[id].weight])),
  ...Object.fromEntries([
    ...TAU_TERM_IDS.flatMap((id) => tauSettings(id, config.terms[id].tau)),
    ...tauSettings('critic', CRITIC_TAU),
  ]),
  'student.learningRate': config.student.learningRate,
  'student.gradientClip': config.student.gradientClip,
  'critic.learningRate': config.critic.learningRate,
  'critic.gradientClip': config.critic.gradientClip,
  'discriminator.learningRate': config.discriminator.learningRate,
  'discriminator.gradientClip': config.discriminator.gradientClip,
  'discriminator.r1': config.discriminator.r1,
  emaDecay: config.student.emaDecay,
});

/** Adam's bias corrections before update number `update` (from 1) of a network. */
export const optimizerSettings = (of: NetworkId, update: number): Settings => ({
  [`${of}.correction1`]: biasCorrection(ADAM.beta1, update),
  [`${of}.correction2`]: biasCorrection(ADAM.beta2, update),
});

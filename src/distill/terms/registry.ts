import type { DistillConfig, TauTermId, TermId } from '../config';
import type { NetworkId } from '../streams';
import { caTerm } from './ca';
import { dmTerm } from './dm';
import { ganTerm } from './gan';
import { meanVarianceTerm } from './meanVariance';
import type { Need, Term } from './term';

/** All terms, in the order in which they are added up. */
export const TERMS: Readonly<Record<TermId, Term>> = {
  ca: caTerm,
  dm: dmTerm,
  meanVariance: meanVarianceTerm,
  gan: ganTerm,
};

export const TERM_IDS = Object.keys(TERMS) as TermId[];

/** The terms that look at x_gen at noise levels of their own, or at those of a term before. */
export const TAU_TERM_IDS: readonly TauTermId[] = ['ca', 'dm', 'gan'];

/** The terms that a configuration switches on. */
export const enabledTerms = (config: DistillConfig): TermId[] =>
  TERM_IDS.filter((id) => config.terms[id].enabled);

const isNeeded = (config: DistillConfig, need: Need): boolean =>
  enabledTerms(config).some((id) => TERMS[id].needs.includes(need));

/** Whether anything that is switched on compares with the critic. */
export const needsCritic = (config: DistillConfig): boolean => isNeeded(config, 'criticCond');

/** Whether anything that is switched on asks the discriminator. */
export const needsDiscriminator = (config: DistillConfig): boolean =>
  isNeeded(config, 'discriminator');

/** Whether anything that is switched on compares with the data's statistics. */
export const needsStatistics = (config: DistillConfig): boolean => isNeeded(config, 'statistics');

/** Updates of the critic in an iteration: none unless a term needs it or it is to observe. */
export const criticUpdates = (config: DistillConfig): number =>
  needsCritic(config) || config.critic.observer ? config.critic.updates : 0;

/** Updates of the discriminator in an iteration: none unless a term needs it. */
export const discriminatorUpdates = (config: DistillConfig): number =>
  needsDiscriminator(config) ? config.discriminator.updates : 0;

/** The networks that an iteration reads or trains. */
export const networksOf = (config: DistillConfig): NetworkId[] => [
  'student',
  ...(needsCritic(config) || criticUpdates(config) > 0 ? ['critic' as const] : []),
  ...(needsDiscriminator(config) ? ['discriminator' as const] : []),
];

/** The term whose noise levels and noise a term uses: itself, or the one that it shares with. */
export const pointOwner = (config: DistillConfig, id: TermId): TermId => {
  const shared = TERMS[id].sharesPoint?.(config) ?? null;
  return shared !== null && config.terms[shared].enabled ? shared : id;
};

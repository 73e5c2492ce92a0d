import type { DistillConfig } from '../config';
import { caTerm } from './ca';
import { dmTerm } from './dm';
import type { Term } from './term';

/** All terms, in the order in which they are added up. */
export const TERMS: Readonly<Record<'ca' | 'dm', Term>> = { ca: caTerm, dm: dmTerm };

export const TERM_IDS: readonly ('ca' | 'dm')[] = ['ca', 'dm'];

/** The terms that a configuration switches on. */
export const enabledTerms = (config: DistillConfig): ('ca' | 'dm')[] =>
  TERM_IDS.filter((id) => config.terms[id].enabled);

/** Whether anything that is switched on compares with the critic. */
export const needsCritic = (config: DistillConfig): boolean =>
  enabledTerms(config).some((id) => TERMS[id].needs.includes('criticCond'));

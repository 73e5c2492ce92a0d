import type { NamedArm } from '../claims/claim';
import type { ArmSpecInput } from '../config';

type TermsInput = NonNullable<NonNullable<ArmSpecInput['config']>['terms']>;

/** The rows of Tab. 1: where CA and DM draw their noise levels. */
export const SHARED: NamedArm = { id: 'coupled-shared', name: 'Coupled, shared' };
export const FULL: NamedArm = { id: 'decoupled-full', name: 'Decoupled, full' };
export const CONSTRAINED: NamedArm = {
  id: 'decoupled-constrained',
  name: 'Decoupled, constrained',
};
export const HYBRID: NamedArm = { id: 'decoupled-hybrid', name: 'Decoupled, hybrid' };

/** One tau for both terms, the original DMD. */
const SHARED_TAU: TermsInput = { dm: { sharedTau: true } };
/** Independent taus, both on [0, 1]. */
const FULL_TAU: TermsInput = {};
/** Independent taus, both on (t, 1]. */
const CONSTRAINED_TAU: TermsInput = {
  ca: { tau: { aboveT: true } },
  dm: { tau: { aboveT: true } },
};
/** CA on (t, 1], DM on [0, 1]: the paper's method. */
const HYBRID_TAU: TermsInput = { ca: { tau: { aboveT: true } } };

const arm = (named: NamedArm, terms: TermsInput): ArmSpecInput => ({
  ...named,
  config: { guidanceScale: 4, student: { steps: 4 }, terms },
});

/** Four-step students, one a row of Tab. 1, in its order. */
export const SCHEDULE_ARMS = [
  arm(SHARED, SHARED_TAU),
  arm(FULL, FULL_TAU),
  arm(CONSTRAINED, CONSTRAINED_TAU),
  arm(HYBRID, HYBRID_TAU),
] as const satisfies readonly ArmSpecInput[];

/** DMD2 (CA + DM + GAN) with the schedule of row 1 and with that of row 4. */
export const DMD2_ARMS = [
  arm({ id: 'dmd2', name: 'DMD2' }, { ...SHARED_TAU, gan: { enabled: true } }),
  arm({ id: 'dmd2-hybrid', name: 'DMD2, hybrid' }, { ...HYBRID_TAU, gan: { enabled: true } }),
] as const satisfies readonly ArmSpecInput[];

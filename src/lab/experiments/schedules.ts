import { parseConfig } from '../../distill/config';
import { SCHEDULES, type ScheduleId } from '../../distill/presets';
import type { NamedArm } from '../claims/claim';
import type { ArmSpecInput } from '../config';

type TermsInput = NonNullable<NonNullable<ArmSpecInput['config']>['terms']>;

const DEFAULTS = parseConfig({});

const rowOf = (id: string, schedule: ScheduleId): NamedArm => ({
  id,
  name: SCHEDULES[schedule].name,
});

/** The rows of Tab. 1: where CA and DM draw their noise levels. */
export const SHARED = rowOf('coupled-shared', 'coupledShared');
export const FULL = rowOf('decoupled-full', 'decoupledFull');
export const CONSTRAINED = rowOf('decoupled-constrained', 'decoupledConstrained');
export const HYBRID = rowOf('decoupled-hybrid', 'decoupledHybrid');

/** What a schedule sets of the terms. */
const drawsOf = (schedule: ScheduleId): Pick<TermsInput, 'ca' | 'dm'> => {
  const { ca, dm } = SCHEDULES[schedule].apply(DEFAULTS).terms;
  return { ca: { tau: ca.tau }, dm: { tau: dm.tau, sharedTau: dm.sharedTau } };
};

const arm = (named: NamedArm, terms: TermsInput): ArmSpecInput => ({
  ...named,
  config: { guidanceScale: 4, student: { steps: 4 }, terms },
});

/** Four-step students, one a row of Tab. 1, in its order. */
export const SCHEDULE_ARMS = [
  arm(SHARED, drawsOf('coupledShared')),
  arm(FULL, drawsOf('decoupledFull')),
  arm(CONSTRAINED, drawsOf('decoupledConstrained')),
  arm(HYBRID, drawsOf('decoupledHybrid')),
] as const satisfies readonly ArmSpecInput[];

/** DMD2 (CA + DM + GAN) with the schedule of row 1 and with that of row 4. */
export const DMD2_ARMS = [
  arm({ id: 'dmd2', name: 'DMD2' }, { ...drawsOf('coupledShared'), gan: { enabled: true } }),
  arm(
    { id: 'dmd2-hybrid', name: 'DMD2, hybrid' },
    { ...drawsOf('decoupledHybrid'), gan: { enabled: true } },
  ),
] as const satisfies readonly ArmSpecInput[];

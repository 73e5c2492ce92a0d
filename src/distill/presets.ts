import { tauRangeSchema, type DistillConfig, type TauRange } from './config';

/** The schedules of Tab. 1, by name. */
export type ScheduleId =
  'coupledShared' | 'decoupledFull' | 'decoupledConstrained' | 'decoupledHybrid';

/** A named way to choose the noise levels of CA and DM. */
export interface Schedule {
  readonly name: string;
  /** Row of Tab. 1. */
  readonly row: 1 | 2 | 3 | 4;
  /** The configuration with the noise levels of CA and DM drawn like this; all else stays. */
  readonly apply: (config: DistillConfig) => DistillConfig;
}

/** "[0, 1]" of the paper: uniform, kept off both ends as in DMD2. */
const FULL: TauRange = tauRangeSchema.parse({});
/** "(t, 1]": nearer to clean data than the student's own step. */
const CONSTRAINED: TauRange = { ...FULL, aboveT: true };

const schedule = (
  row: Schedule['row'],
  name: string,
  tauCA: TauRange,
  tauDM: TauRange | 'shared',
): Schedule => ({
  name,
  row,
  apply: (config) => {
    const { ca, dm } = config.terms;
    const sharedTau = tauDM === 'shared';
    return {
      ...config,
      terms: {
        ...config.terms,
        ca: { ...ca, tau: { ...tauCA } },
        dm: { ...dm, tau: { ...(sharedTau ? tauCA : tauDM) }, sharedTau },
      },
    };
  },
});

/** The four rows of Tab. 1; the last is the paper's method. */
export const SCHEDULES: Readonly<Record<ScheduleId, Schedule>> = {
  coupledShared: schedule(1, 'Coupled, shared', FULL, 'shared'),
  decoupledFull: schedule(2, 'Decoupled, full', FULL, FULL),
  decoupledConstrained: schedule(3, 'Decoupled, constrained', CONSTRAINED, CONSTRAINED),
  decoupledHybrid: schedule(4, 'Decoupled, hybrid', CONSTRAINED, FULL),
};

const SCHEDULE_IDS = Object.keys(SCHEDULES) as ScheduleId[];

/** What a schedule decides. Where DM shares CA's draws, its own range says nothing. */
const drawsOf = ({ terms: { ca, dm } }: DistillConfig): string =>
  JSON.stringify([ca.tau, dm.sharedTau || dm.tau]);

/**
 * The row of Tab. 1 that a configuration follows, or null: CA or DM is off, or they draw their
 * noise levels in another way.
 */
export const scheduleOf = (config: DistillConfig): ScheduleId | null => {
  const { ca, dm } = config.terms;
  if (!ca.enabled || !dm.enabled) return null;
  return (
    SCHEDULE_IDS.find((id) => drawsOf(SCHEDULES[id].apply(config)) === drawsOf(config)) ?? null
  );
};

import { scheduleOf, SCHEDULES } from '../../../distill/presets';
import { armConfigOf, distillConfigOf, type ArmConfig } from '../../../lab/config';
import type { TermId } from '../../../distill/config';
import { TERM_IDS } from '../../lib/terms';

/** A set of switches that shows one thing. */
export interface Moment {
  readonly id: string;
  readonly title: string;
  readonly says: string;
  readonly watch: string;
  readonly apply: (config: ArmConfig) => ArmConfig;
}

/** Exactly these terms are on; the student keeps its steps, the critic watches. */
const only =
  (...on: readonly TermId[]) =>
  (config: ArmConfig): ArmConfig => {
    const terms = { ...config.terms };
    for (const id of TERM_IDS)
      Object.assign(terms, { [id]: { ...terms[id], enabled: on.includes(id) } });
    return { ...config, terms };
  };

const ANY = { seed: 0, batch: 1, prompts: 'full' } as const;
const STEPS = 4;

/** Four steps, CA and DM: coupled at first, and from then on the other way at every press. */
const coupledOrNot = (config: ArmConfig): ArmConfig => {
  const both = only('ca', 'dm')({ ...config, student: { ...config.student, steps: STEPS } });
  const full = distillConfigOf(ANY, both);
  const coupled = config.student.steps === STEPS && scheduleOf(full) === 'coupledShared';
  return armConfigOf(SCHEDULES[coupled ? 'decoupledHybrid' : 'coupledShared'].apply(full));
};

export const MOMENTS: readonly Moment[] = [
  {
    id: 'spear',
    title: 'Spear alone',
    says: 'Only CA acts: it drives points away from what the classes share.',
    watch:
      'the spread. It grows and does not stop; the view has to widen to keep the points in it.',
    apply: only('ca'),
  },
  {
    id: 'shield',
    title: 'Add the shield',
    says: 'DM joins in: it pulls back whatever lies where the teacher has little.',
    watch: 'the blue arrows, which turn against the orange ones, and the spread, which comes back.',
    apply: only('ca', 'dm'),
  },
  {
    id: 'simple',
    title: 'A simpler shield',
    says: 'Mean and variance alone hold the points, instead of DM.',
    watch: 'how the spread stays bounded while the shapes are lost: it bounds, it does not shape.',
    apply: only('ca', 'meanVariance'),
  },
  {
    id: 'gan',
    title: 'GAN as shield',
    says: 'A discriminator that knows real points holds the student’s ones.',
    watch: 'points that come home, but less steadily than with DM.',
    apply: only('ca', 'gan'),
  },
  {
    id: 'schedules',
    title: 'Coupled or decoupled',
    says: 'Four steps, with CA and DM at the same noise level; press again to give each its own.',
    watch: 'the divergence after each press, and which way of drawing noise levels is the lower.',
    apply: coupledOrNot,
  },
];

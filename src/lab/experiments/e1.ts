import { ACCURACY, DETAIL } from '../claims/metric';
import { ordering } from '../claims/compare';
import { runsAway, staysBounded } from '../claims/variance';
import type { Claim } from '../claims/claim';
import { TASK_NOTE, type Experiment, type ExperimentLab } from './experiment';

const BOTH = { id: 'ca-dm', name: 'CA + DM' };
const CA = { id: 'ca', name: 'CA only' };
const DM = { id: 'dm', name: 'DM only' };

const labOf = (steps: number): ExperimentLab => ({
  batch: 64,
  prompts: 'partial',
  arms: [
    { ...BOTH, config: { guidanceScale: 4, student: { steps } } },
    { ...CA, config: { guidanceScale: 4, student: { steps }, terms: { dm: { enabled: false } } } },
    { ...DM, config: { guidanceScale: 4, student: { steps }, terms: { ca: { enabled: false } } } },
  ],
});

const CLAIMS: readonly Claim[] = [
  runsAway(CA),
  staysBounded(BOTH),
  ordering({
    id: 'engine',
    says: 'CA is the engine: with it the student follows prompts better than by DM alone',
    these: [BOTH],
    those: [DM],
    metrics: [{ metric: ACCURACY, order: 'higher' }],
    least: 100,
  }),
  ordering({
    id: 'dm-soft',
    says: 'DM alone stays soft',
    these: [DM],
    those: [BOTH],
    metrics: [{ metric: DETAIL, order: 'lower' }],
    least: 50,
  }),
];

const shared = {
  paper: 'Fig. 2',
  question: 'Engine or regularizer: what does each of the two terms do?',
  finding:
    'Fig. 2: CA alone turns the teacher into a few-step student quickly, then over-saturates and ' +
    'collapses; with DM beside it training is stable and the best all-round. So CA is the engine, ' +
    'the spear, and DM the regularizer, the shield. The paper adds that on simple tasks DM alone ' +
    'distils well.',
  look:
    'The same noise and prompts in all rows. CA only: the same faces as CA + DM, sharp at once, then ' +
    'ever more saturated. DM only: stable, soft and pale.',
  iterations: 300,
  seeds: 3,
  note: TASK_NOTE,
  claims: CLAIMS,
} satisfies Partial<Experiment>;

export const E1: Experiment = {
  id: 'e1',
  title: 'Engine or regularizer?',
  ...shared,
  lab: labOf(1),
};

/** E1 with four-step students, whose steps make the task easier. */
export const E1_FOUR_STEPS: Experiment = {
  id: 'e1-4',
  title: 'Engine or regularizer? Four steps',
  ...shared,
  lab: labOf(4),
  note: `${TASK_NOTE} A four-step student starts as a decent one: the teacher in four steps.`,
};

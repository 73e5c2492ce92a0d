import { ordering } from '../claims/compare';
import { ACCURACY, FRECHET_GUIDED, SATURATION, VARIANCE } from '../claims/metric';
import { nearer } from '../claims/nearer';
import { TASK_NOTE, type Experiment } from './experiment';
import { CONSTRAINED, FULL, HYBRID, SCHEDULE_ARMS, SHARED } from './schedules';

export const E5: Experiment = {
  id: 'e5',
  title: 'Which schedules?',
  paper: 'Tab. 1 and Fig. 5',
  question: 'At which noise levels should CA and DM look at a four-step student?',
  finding:
    'Tab. 1, Lumina-Image-2.0, four steps: HPS v2.1 30.61 / 30.69 / 31.71 / 32.29 and DPG 83.90 / ' +
    '83.77 / 85.64 / 85.85 for coupled-shared / decoupled-full / constrained / hybrid (the teacher ' +
    'in 50 steps: 30.20 and 87.20). So 4 > 3, both far above 2 and 1, which are about equal: what ' +
    'matters is that CA stays above the student’s own t.',
  look:
    'The first two rows crisp but over-saturated, the last two natural; variance and saturation over ' +
    'iterations; the histograms of tau, which say what each row drew.',
  iterations: 300,
  seeds: 3,
  lab: { batch: 64, prompts: 'partial', arms: SCHEDULE_ARMS },
  note: TASK_NOTE,
  claims: [
    ordering({
      id: 'range-cures-saturation',
      says: 'CA above t cures over-saturation',
      these: [CONSTRAINED, HYBRID],
      those: [SHARED, FULL],
      metrics: [
        { metric: SATURATION, order: 'lower' },
        { metric: VARIANCE, order: 'lower' },
      ],
      least: 50,
    }),
    ordering({
      id: 'range-is-better',
      says: 'CA above t gives the better student',
      these: [CONSTRAINED, HYBRID],
      those: [SHARED, FULL],
      metrics: [
        { metric: ACCURACY, order: 'higher' },
        { metric: FRECHET_GUIDED, order: 'lower' },
      ],
      least: 100,
    }),
    nearer({
      id: 'range-not-independence',
      says: 'It is the range, not the independence, that matters',
      arm: FULL,
      to: SHARED,
      than: CONSTRAINED,
      metric: FRECHET_GUIDED,
      least: 100,
    }),
    ordering({
      id: 'hybrid-best',
      says: 'The hybrid schedule is better than the constrained one',
      these: [HYBRID],
      those: [CONSTRAINED],
      metrics: [{ metric: ACCURACY, order: 'higher' }],
      least: 100,
    }),
  ],
};

import type { NamedArm } from '../claims/claim';
import { endsBelowItsStart } from '../claims/collapse';
import { ordering } from '../claims/compare';
import { ACCURACY, DETAIL_SHARE } from '../claims/metric';
import type { Experiment } from './experiment';
import { TASK_NOTE } from './experiment';

const range = (id: string, lo: number, hi: number) => ({ id, name: `tau [${lo}, ${hi}]`, lo, hi });

const NOISIEST = range('tau-0-005', 0, 0.05);
const WHOLE = range('tau-0-1', 0, 1);
const CLEAN = range('tau-07-1', 0.7, 1);

/** The paper's six ranges, to their very ends: no margin of .02 here. */
const RANGES = [
  NOISIEST,
  range('tau-0-02', 0, 0.2),
  range('tau-0-04', 0, 0.4),
  range('tau-0-07', 0, 0.7),
  WHOLE,
  CLEAN,
];

const named = ({ id, name }: (typeof RANGES)[number]): NamedArm => ({ id, name });

export const E3: Experiment = {
  id: 'e3',
  title: 'What does tau do to CA?',
  paper: 'Fig. 4a',
  question: 'Which noise levels of CA make which part of the picture?',
  finding:
    'Fig. 4a, one-step student, CA only: noisy tau drives the broad, low frequencies, cleaner tau ' +
    'the fine, high ones; with tau in [0.7, 1] alone the student collapses.',
  look:
    'Colours of broad areas with tau in [0, 0.05], more and more detail as the range opens; then ' +
    'what [0.7, 1] does. The spectrum of each arm says it in figures.',
  iterations: 100,
  seeds: 3,
  lab: {
    batch: 64,
    prompts: 'partial',
    arms: RANGES.map(({ id, name, lo, hi }) => ({
      id,
      name,
      config: {
        guidanceScale: 4,
        student: { steps: 1 },
        terms: { ca: { tau: { lo, hi } }, dm: { enabled: false } },
      },
    })),
  },
  note:
    `${TASK_NOTE} In a prototype of this task (one seed, 100 iterations) the frequencies came out ` +
    'as in the paper, but [0.7, 0.98] did not collapse: prompt accuracy .82, the best of its ranges, ' +
    'with variance .45. The noisy end ran away instead: [0, 0.05] reached variance 22.6.',
  claims: [
    ordering({
      id: 'noisy-broad',
      says: 'Noisy tau drives broad areas',
      these: [named(NOISIEST)],
      those: [named(WHOLE)],
      metrics: [{ metric: DETAIL_SHARE, order: 'lower' }],
      least: 50,
    }),
    ordering({
      id: 'clean-detail',
      says: 'Clean tau drives detail',
      these: [named(CLEAN)],
      those: [named(WHOLE)],
      metrics: [{ metric: DETAIL_SHARE, order: 'higher' }],
      least: 50,
    }),
    endsBelowItsStart({
      id: 'clean-collapses',
      says: 'With tau in [0.7, 1] alone the student collapses',
      arm: named(CLEAN),
      metric: ACCURACY,
      least: 100,
    }),
  ],
};

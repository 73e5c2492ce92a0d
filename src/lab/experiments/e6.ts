import { ordering } from '../claims/compare';
import { ACCURACY, FRECHET_REAL } from '../claims/metric';
import { TASK_NOTE, type Experiment } from './experiment';
import { DMD2_ARMS } from './schedules';

const [DMD2, DMD2_HYBRID] = DMD2_ARMS;

export const E6: Experiment = {
  id: 'e6',
  title: 'Against DMD2',
  paper: 'Tab. 2',
  question: 'Does the hybrid schedule improve DMD2, which has a GAN as well?',
  finding:
    'Tab. 2, SDXL, four steps: FID falls from 18.95 (DMD2: CA + DM + GAN with one shared tau) to ' +
    '17.80 with the hybrid schedule and all else the same.',
  look: 'Fréchet distance to real faces and prompt accuracy of the two arms, over seeds.',
  iterations: 300,
  seeds: 3,
  lab: { batch: 64, prompts: 'partial', arms: DMD2_ARMS },
  note:
    `${TASK_NOTE} The paper’s FID uses Inception features of large images; here the features are ` +
    'those of a small attribute classifier, so only the order of the arms can be compared.',
  claims: [
    ordering({
      id: 'hybrid-nearer',
      says: 'The hybrid schedule brings DMD2 nearer to real faces',
      these: [DMD2_HYBRID],
      those: [DMD2],
      metrics: [{ metric: FRECHET_REAL, order: 'lower' }],
      least: 100,
    }),
    ordering({
      id: 'hybrid-follows',
      says: 'The hybrid schedule makes DMD2 follow prompts better',
      these: [DMD2_HYBRID],
      those: [DMD2],
      metrics: [{ metric: ACCURACY, order: 'higher' }],
      least: 100,
    }),
  ],
};

import { runsAway } from '../claims/variance';
import { TASK_NOTE, type Experiment } from './experiment';

const OBSERVED = { id: 'ca-observed', name: 'CA only, critic as observer' };

export const E4: Experiment = {
  id: 'e4',
  title: 'How does DM correct?',
  paper: 'Fig. 4b',
  question: 'What would DM do about the artifacts that CA alone makes?',
  finding:
    'Fig. 4b: with CA alone, and a critic that is trained as a mere observer, the student’s artifact ' +
    'shows in the critic’s (fake) prediction and not in the teacher’s (real) one. Their difference, ' +
    'which is DM, points away from the artifact.',
  look:
    'The microscope, which draws x_gen, x_tau, the real and the fake prediction and their difference ' +
    'for one sample. As training goes on, the artifact of x_gen returns in the fake prediction, while ' +
    'the real one stays a face.',
  iterations: 200,
  seeds: 1,
  lab: {
    batch: 64,
    prompts: 'partial',
    arms: [
      {
        ...OBSERVED,
        config: {
          guidanceScale: 4,
          student: { steps: 1 },
          critic: { observer: true },
          terms: { dm: { enabled: false } },
        },
      },
    ],
  },
  note:
    `${TASK_NOTE} Whether the artifact is in the fake and not in the real prediction is judged by eye ` +
    'in the microscope: a record holds no figure for it. The claim below says only that there is an ' +
    'artifact to look for.',
  claims: [runsAway(OBSERVED)],
};

import { preferred } from '../claims/votes';
import { TASK_NOTE, type Experiment } from './experiment';
import { CONSTRAINED, HYBRID, SCHEDULE_ARMS, SHARED } from './schedules';

export const E7: Experiment = {
  id: 'e7',
  title: 'Do people agree?',
  paper: 'Tab. 3 to 5',
  question: 'Which arm’s images do people prefer when they do not know whose they are?',
  finding:
    'Tab. 3 to 5 give win rates of a blind ranking of the arms’ images of the same prompt. What ' +
    'people are to agree with is the order of Tab. 1: hybrid before constrained, both far before ' +
    'coupled-shared. Here you are the people.',
  look:
    'Press Blind vote: two images of the same noise and prompt, on sides that tell nothing. Choose the ' +
    'better one; win rates and their 95 % intervals are counted from your votes.',
  iterations: 300,
  seeds: 1,
  lab: {
    batch: 64,
    prompts: 'partial',
    arms: SCHEDULE_ARMS.filter(({ id }) => [SHARED.id, CONSTRAINED.id, HYBRID.id].includes(id)),
  },
  note: `${TASK_NOTE} Votes are cast on the page; from the command line this experiment only trains.`,
  claims: [
    preferred(HYBRID, SHARED),
    preferred(CONSTRAINED, SHARED),
    preferred(HYBRID, CONSTRAINED),
  ],
};

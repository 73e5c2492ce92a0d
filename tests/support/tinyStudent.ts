import { parseConfig } from '../../src/distill/config';
import type { Student } from '../../src/lab/studentFile';
import { avatarTask } from '../../src/tasks/avatars/task';
import { TINY, tinyWeights } from './tinyTeacher';

/** A student that was never trained, of as many steps. */
export const tinyStudent = (steps = 1): Student => ({
  task: avatarTask,
  network: TINY,
  flat: tinyWeights(),
  weights: 'raw',
  iteration: 7,
  config: parseConfig({ seed: 5, student: { steps } }),
});

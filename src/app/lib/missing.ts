/** Why something cannot be had of a task, in words for a visitor. */

export const NOT_JUDGED =
  'Not available for this task: no classifier knows what its pictures show, so nothing can be judged by one.';

export const NO_REAL_PICTURES =
  'Not available for this task: its teacher came without real pictures to compare with.';

export const NOTHING_TO_LEARN =
  'This task came as a teacher alone, without real pictures; there is nothing to train another one on.';

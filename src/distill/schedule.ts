import { time, type Time } from '../flow/time';

/**
 * The student's few-step schedule {t_1 = 0, t_2, ..., t_N}: N times from noise towards clean data,
 * evenly spaced. Throws a RangeError unless N is a positive integer.
 */
export const studentTimes = (steps: number): Time[] => {
  if (!Number.isInteger(steps) || steps < 1) {
    throw new RangeError(`A student needs a positive number of steps, got ${steps}.`);
  }
  return Array.from({ length: steps }, (_, index) => time(index / steps));
};

import { E1, E1_FOUR_STEPS } from './e1';
import { E2 } from './e2';
import { E3 } from './e3';
import { E4 } from './e4';
import { E5 } from './e5';
import { E6 } from './e6';
import { E7 } from './e7';
import type { Experiment } from './experiment';

/** The paper's experiments, in its order. */
export const EXPERIMENTS: readonly Experiment[] = [E1, E1_FOUR_STEPS, E2, E3, E4, E5, E6, E7];

/** The experiment of that id, or undefined. */
export const findExperiment = (id: string): Experiment | undefined =>
  EXPERIMENTS.find((experiment) => experiment.id === id);

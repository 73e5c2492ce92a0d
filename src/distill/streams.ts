/**
 * Which random stream feeds which draw. Arms with one seed share every draw, whatever else differs
 * between them, so numbers here are never reused and never renumbered.
 */
export const STREAMS = {
  /** Noise from which the student generates. */
  initialNoise: 0,
  prompts: 1,
  /** Which step of the student's schedule an update trains. */
  studentStep: 2,
  /** tau and noise of the terms. */
  caTau: 3,
  caNoise: 4,
  dmTau: 5,
  dmNoise: 6,
  /** tau and noise of the critic's flow-matching loss. */
  criticTau: 7,
  criticNoise: 8,
  /** Fresh noise of backward simulation: this one plus the index of the step. */
  simulationNoise: 16,
} as const;

/** Random steps that one iteration may use: the student's update and up to ten of the critic. */
const STEPS_PER_ITERATION = 16;

/** The random step of a student update (`update` 0) or of critic update 1, 2, ... */
export const randomStep = (iteration: number, update: number): number =>
  (iteration * STEPS_PER_ITERATION + update) >>> 0;

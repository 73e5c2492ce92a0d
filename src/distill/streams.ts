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
  /** tau and noise of the GAN term, also where the discriminator trains on images of the student. */
  ganTau: 9,
  ganNoise: 10,
  /** Real images with their prompts, and the tau and noise at which the discriminator sees them. */
  realImages: 11,
  realTau: 12,
  realNoise: 13,
  /** The little noise of the discriminator's R1 penalty. */
  nearNoise: 14,
  /** Weights that a discriminator's head begins with; drawn once a run, at step 0. */
  discriminatorHead: 15,
  /** Fresh noise between steps of the student: this one plus the index of the step (1 to 7). */
  simulationNoise: 16,
} as const;

/** The networks that are trained. */
export const NETWORK_IDS = ['student', 'critic', 'discriminator'] as const;

export type NetworkId = (typeof NETWORK_IDS)[number];

/** Random steps that one iteration may use: the student's update and up to ten of the critic. */
const STEPS_PER_ITERATION = 16;

/** Where the discriminator's steps begin: as many as the others', above all of theirs. */
const DISCRIMINATOR_STEPS = 2 ** 31;

/**
 * The random step of update `update` (student: 0; critic and discriminator: 1, 2, ...) of an
 * iteration. No two updates of the first 2^27 iterations share one, so each has draws of its own
 * in every stream.
 */
export const randomStep = (iteration: number, network: NetworkId, update: number): number => {
  const step = iteration * STEPS_PER_ITERATION + update;
  return (network === 'discriminator' ? step + DISCRIMINATOR_STEPS : step) >>> 0;
};

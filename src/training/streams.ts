/** Which random stream feeds which draw of a teacher's training; never renumbered. */
export const STREAMS = {
  /** Weights, drawn once, at step 0. */
  weights: 0,
  /** Which images, and what is dropped of their prompts. */
  batches: 1,
  noise: 2,
  /** Times t. */
  times: 3,
} as const;

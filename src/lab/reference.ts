/** Euler steps and guidance scale of the pictures that a student is compared with. */
export const REFERENCE_STEPS = 25;
export const REFERENCE_GUIDANCE = 3;

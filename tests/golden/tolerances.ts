// Allowed differences, relative to the largest magnitude of the expected tensor. Both sides are of
// float32 and add in another order. In brackets what is measured with SwiftShader; the rest is room
// for adapters that fuse multiply-adds, or whose exp, tanh and division are less accurate.

/** Activations and images [2e-5]: one evaluation of a network, or two in a row. */
export const FORWARD = { relative: 1e-4 };

/** Losses [2e-6]: means of thousands of terms, whose rounding averages out; tighter than their images. */
export const SCALAR = { relative: 3e-5 };

/**
 * Gradients [6e-5]: sums over batch and tokens of terms that largely cancel, looser than forward
 * values. Worst are those of timeEmbed.fc1, behind the whole network. The key third of a qkv.bias is
 * zero in exact arithmetic; there both sides hold rounding, small against the tensor's largest entry.
 */
export const GRADIENT = { relative: 5e-4 };

/**
 * Weights after Adam [4e-4]: the only place at the full 1e-3. Adam divides by the gradient's own size,
 * so an entry with a small gradient, known to few digits, makes steps as long as every other.
 */
export const ADAM = { relative: 1e-3 };

/** 25 Euler steps [4e-6]: every step feeds on the rounding of those before, times the guidance. */
export const TRAJECTORY = { relative: 3e-4 };

/**
 * As FORWARD, with products in half precision [2e-3, on llvmpipe]: about 5e-4 of each product, through
 * four blocks.
 */
export const HALF_FORWARD = { relative: 5e-3 };

/** As TRAJECTORY, with products in half precision [4e-3, on llvmpipe]. */
export const HALF_TRAJECTORY = { relative: 1e-2 };

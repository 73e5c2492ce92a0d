/**
 * How noise levels spread over their range (formulas in shaders/distill/sample_tau.wgsl). The
 * kernel knows each by its place, so none is ever moved.
 */
export const DISTRIBUTIONS = ['uniform', 'logitNormal', 'shifted'] as const;

export type TauDistribution = (typeof DISTRIBUTIONS)[number];

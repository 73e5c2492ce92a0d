/** SPDX: the licence of weights that are trained here. */
export const WEIGHTS_LICENCE = 'MIT';

import { motion } from '../lib/motion';

/** Id of the heading above the grids of pictures. */
export const SAMPLES_HEADING = 'samples-heading';

/** Brings the pictures into sight. */
export const scrollToSamples = (): void => {
  document.getElementById(SAMPLES_HEADING)?.scrollIntoView({ behavior: motion(), block: 'start' });
};

/** Id of the heading above the grids of pictures. */
export const SAMPLES_HEADING = 'samples-heading';

/** Brings the pictures into sight. */
export const scrollToSamples = (): void => {
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  document
    .getElementById(SAMPLES_HEADING)
    ?.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'start' });
};

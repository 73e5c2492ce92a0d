/** How the page may scroll by itself: at once for a visitor who asks for less motion. */
export const motion = (): ScrollBehavior =>
  window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';

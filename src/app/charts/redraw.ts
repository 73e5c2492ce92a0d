/** Shortest time between two redraws of a chart, in milliseconds: the eye needs no more than six a second. */
export const REDRAW_INTERVAL = 160;

/** Tests of what may be typed into a field. */
export type IsValid = (value: number) => boolean;

/** A number between these, both included. */
export const isIn =
  (least: number, most: number): IsValid =>
  (value) =>
    value >= least && value <= most;

/** A whole number between these, both included. */
export const isWhole =
  (least: number, most: number): IsValid =>
  (value) =>
    Number.isInteger(value) && isIn(least, most)(value);

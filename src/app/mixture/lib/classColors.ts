/** The colour of a class: a custom property of plane.css. */
export const classColor = (place: number): string => `var(--class-${place + 1})`;

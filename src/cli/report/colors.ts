/** Colours of arms, by their place: those of the page. Dashes tell them apart without colour. */
const DASHES = ['', '7 3', '2 3', '9 3 2 3', '5 2 1 2', '12 4', '1 2', '6 2 2 2 2 2'];

/** CSS colour of the arm at `place`, from 0. */
export const armColor = (place: number): string => `var(--arm-${(place % DASHES.length) + 1})`;

/** Dash pattern of its lines (SVG stroke-dasharray); empty for a solid line. */
export const armDash = (place: number): string => DASHES[place % DASHES.length] ?? '';

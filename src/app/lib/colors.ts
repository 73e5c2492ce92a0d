import { MOST_ARMS } from '../../lab/config';

/** The colour of the arm at that place of the palette: a custom property of tokens.css. */
export const armColor = (place: number): string => `var(--arm-${(place % MOST_ARMS) + 1})`;

/** The palette's colours by their places, in words. */
export const ARM_COLOR_NAMES = [
  'ink',
  'pink',
  'teal',
  'gold',
  'slate',
  'wine',
  'olive',
  'clay',
] as const;

/** The first place of the palette that is not taken. */
export const firstFreeColor = (taken: readonly number[]): number => {
  const used = new Set(taken);
  let place = 0;
  while (used.has(place)) place++;
  return place;
};

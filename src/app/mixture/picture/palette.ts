import { MOST_CLASSES } from '../../../tasks/mixture/mixture';

/** The colours of the page, as a canvas takes them. */
export interface Palette {
  readonly ink: string;
  readonly inkFaint: string;
  readonly rule: string;
  readonly spear: string;
  readonly shield: string;
  readonly classes: readonly string[];
}

/** Reads the colours that are in force at an element. */
export const readPalette = (element: Element): Palette => {
  const style = getComputedStyle(element);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  return {
    ink: color('--ink'),
    inkFaint: color('--ink-faint'),
    rule: color('--rule'),
    spear: color('--spear'),
    shield: color('--shield'),
    classes: Array.from({ length: MOST_CLASSES }, (_, place) => color(`--class-${place + 1}`)),
  };
};

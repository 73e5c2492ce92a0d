import type { Mixture } from '../mixture';

/** A distribution that ships with the page. */
export interface Design {
  readonly id: string;
  readonly name: string;
  /** One sentence on what it is and what guidance finds in it. */
  readonly about: string;
  readonly mixture: Mixture;
}

/** "Class 1", "Class 2", ... for classes that have no names of their own. */
export const classNames = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `Class ${index + 1}`);

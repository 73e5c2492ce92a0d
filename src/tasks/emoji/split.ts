import type { Split } from '../task';

/** One concept in so many is held out. */
const HELD_OUT_ONE_IN = 10;

/** FNV-1a, 32 bit, of a text's characters. */
const hashOf = (text: string): number =>
  Array.from(text).reduce(
    (hash, character) => Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0,
    0x811c9dc5,
  );

/** Where a concept belongs, in all styles: by its code points alone, whatever else there is. */
export const splitOf = (code: string): Split =>
  hashOf(code) % HELD_OUT_ONE_IN === 0 ? 'heldOut' : 'training';

import type { JudgedAttribute } from '../task';
import { ATTRIBUTES, COLOURS, type ColourName } from './attributes';

/**
 * Families of main colours that are judged as one: their borders run through the middle of drawings
 * that people would give either name.
 */
const FAMILIES: readonly (readonly ColourName[])[] = [
  ['red', 'pink'],
  ['orange', 'brown'],
  ['yellow'],
  ['green'],
  ['blue'],
  ['purple'],
  ['white', 'grey', 'black'],
];

const familyOf = (id: number): number => {
  const colour = COLOURS[id];
  return FAMILIES.findIndex((family) => family.some((name) => name === colour));
};

/** All attributes, in the order of the prompts. Every picture shows them: there is a margin. */
export const EMOJI_JUDGED: readonly JudgedAttribute[] = ATTRIBUTES.map(({ name, values }) => ({
  attribute: name,
  classes: name === 'colour' ? FAMILIES.length : values.length,
  classOf: name === 'colour' ? familyOf : (id) => id,
  visible: () => true,
}));

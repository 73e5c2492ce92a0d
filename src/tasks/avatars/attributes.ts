import { z } from 'zod';

/**
 * The eight attributes of an avatar, in the teacher's order; a value's id is its place in the list.
 * Colours are those that the pictures were drawn with (DiceBear "pixel-art", default lists).
 */

/** One value of an attribute. Names are unique within their attribute, colours' as well. */
export interface AttributeValue {
  /** Plain English, lower case. */
  readonly name: string;
  /** Other words for it that are understood, never written. */
  readonly also?: readonly string[];
  /** For colours: #rrggbb, for swatches. */
  readonly hex?: string;
}

export interface Attribute {
  /** As in the parameter names of the network: `attrEmbed.NAME.weight`. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  readonly values: readonly AttributeValue[];
}

export const ATTRIBUTES = [
  {
    name: 'background',
    title: 'Background',
    values: [
      { name: 'sky blue', hex: '#b6e3f4', also: ['light blue', 'blue'] },
      { name: 'pink', hex: '#ffd5dc', also: ['light pink', 'rose'] },
      { name: 'mint', hex: '#d1f4d9', also: ['light green', 'mint green', 'green'] },
      { name: 'peach', hex: '#ffdfbf', also: ['apricot'] },
      { name: 'lavender', hex: '#c0aede', also: ['purple', 'lilac', 'violet'] },
      { name: 'navy', hex: '#2c3e70', also: ['dark blue', 'navy blue'] },
      { name: 'burgundy', hex: '#7a1f3d', also: ['dark red', 'wine', 'red'] },
      { name: 'pine', hex: '#1f6f5c', also: ['dark green', 'pine green'] },
    ],
  },
  {
    name: 'skin',
    title: 'Skin',
    values: [
      { name: 'pale', hex: '#ffdbac' },
      { name: 'fair', hex: '#f5cfa0' },
      { name: 'light', hex: '#eac393' },
      { name: 'beige', hex: '#e0b687' },
      { name: 'tan', hex: '#cb9e6e', also: ['tanned', 'olive'] },
      { name: 'bronze', hex: '#b68655', also: ['light brown'] },
      { name: 'brown', hex: '#a26d3d' },
      { name: 'dark brown', hex: '#8d5524', also: ['dark'] },
    ],
  },
  {
    name: 'hairLength',
    title: 'Hair length',
    values: [{ name: 'short' }, { name: 'long' }, { name: 'bald', also: ['hairless', 'shaved'] }],
  },
  {
    name: 'hairColor',
    title: 'Hair colour',
    values: [
      { name: 'blond', hex: '#cab188', also: ['blonde', 'light blond', 'light'] },
      { name: 'brown', hex: '#603a14', also: ['brunette', 'dark brown'] },
      { name: 'light brown', hex: '#83623b' },
      { name: 'dark blond', hex: '#a78961', also: ['dark blonde'] },
      { name: 'mahogany', hex: '#611c17' },
      { name: 'chestnut', hex: '#603015' },
      { name: 'auburn', hex: '#612616' },
      { name: 'black', hex: '#28150a', also: ['dark'] },
      { name: 'blue', hex: '#009bbd', also: ['cyan', 'turquoise', 'teal'] },
      { name: 'red', hex: '#bd1700', also: ['scarlet'] },
      { name: 'green', hex: '#91cb15', also: ['lime', 'lime green'] },
    ],
  },
  {
    name: 'hat',
    title: 'Hat',
    values: [{ name: 'no hat' }, { name: 'a hat' }],
  },
  {
    name: 'glasses',
    title: 'Glasses',
    values: [
      { name: 'no glasses' },
      { name: 'glasses', also: ['clear', 'light'] },
      { name: 'sunglasses', also: ['dark', 'black', 'tinted', 'sun'] },
    ],
  },
  {
    name: 'clothing',
    title: 'Clothing',
    values: [
      { name: 'sky blue', hex: '#5bc0de', also: ['light blue'] },
      { name: 'blue', hex: '#428bca' },
      { name: 'navy', hex: '#03396c', also: ['dark blue', 'navy blue'] },
      { name: 'mint', hex: '#88d8b0', also: ['mint green', 'light green'] },
      { name: 'sea green', hex: '#44c585' },
      { name: 'green', hex: '#00b159', also: ['emerald'] },
      { name: 'coral', hex: '#ff6f69', also: ['salmon', 'pink'] },
      { name: 'crimson', hex: '#d11141', also: ['red'] },
      { name: 'dark red', hex: '#ae0001', also: ['maroon'] },
      { name: 'cream', hex: '#ffeead', also: ['ivory', 'white'] },
      { name: 'yellow', hex: '#ffd969', also: ['light yellow'] },
      { name: 'amber', hex: '#ffc425', also: ['gold', 'golden', 'orange'] },
    ],
  },
  {
    name: 'mouth',
    title: 'Mouth',
    values: [
      { name: 'happy', also: ['smiling', 'smile', 'cheerful', 'glad'] },
      { name: 'sad', also: ['unhappy', 'frowning', 'frown', 'gloomy'] },
    ],
  },
] as const satisfies readonly Attribute[];

export type AttributeName = (typeof ATTRIBUTES)[number]['name'];

/** Eight ids in the order of `ATTRIBUTES`: 0..n-1 name a value, n (their number) says "any". */
export type Prompt = readonly number[];

/** A prompt that is none: wrong length, or an id beyond its attribute. */
export class PromptError extends Error {
  override readonly name = 'PromptError';
}

/** The id that leaves each attribute open. All of them together ask for nothing in particular. */
export const NULL_PROMPT: Prompt = ATTRIBUTES.map((attribute) => attribute.values.length);

/** Rows of each attribute's embedding: its values and "any". */
const ROW_COUNTS = ATTRIBUTES.map((attribute) => attribute.values.length + 1);

/** First row of each attribute in the concatenation of all eight embedding tables. */
export const ROW_OFFSETS: readonly number[] = ROW_COUNTS.map((_, index) =>
  ROW_COUNTS.slice(0, index).reduce((sum, rows) => sum + rows, 0),
);

/** Rows of the concatenation of all eight embedding tables. */
export const EMBEDDING_ROWS = ROW_COUNTS.reduce((sum, rows) => sum + rows, 0);

/** For prompts that come from outside: links, messages, files. */
export const promptSchema = z
  .array(z.int().nonnegative())
  .length(ATTRIBUTES.length)
  .refine((ids) => ids.every((id, index) => id <= anyId(index)), 'an id exceeds its attribute');

/** Place of an attribute in a prompt. */
export function attributeIndex(name: AttributeName): number {
  return ATTRIBUTES.findIndex((attribute) => attribute.name === name);
}

/**
 * The id that leaves attribute `index` (0..7) open.
 *
 * @throws {PromptError} for another index.
 */
export function anyId(index: number): number {
  const id = NULL_PROMPT[index];
  if (id === undefined) throw new PromptError(`there is no attribute ${index}; use 0 to 7`);
  return id;
}

/**
 * Returns `prompt` when it is one.
 *
 * @throws {PromptError} otherwise.
 */
export function checkPrompt(prompt: Prompt): Prompt {
  const parsed = promptSchema.safeParse(prompt);
  if (parsed.success) return prompt;
  throw new PromptError(`[${prompt.join(', ')}] is no prompt: ${z.prettifyError(parsed.error)}`);
}

/**
 * A prompt's eight rows in the one concatenated embedding table: offset of the attribute + id.
 *
 * @throws {PromptError} when `prompt` is not valid.
 */
export function attributeRows(prompt: Prompt): number[] {
  return checkPrompt(prompt).map((id, index) => id + (ROW_OFFSETS[index] ?? 0));
}

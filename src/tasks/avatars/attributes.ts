import { PromptSpace, type Attribute } from '../promptSpace';

/**
 * The eight attributes of an avatar, in the teacher's order; a value's id is its place in the list.
 * Colours are those that the pictures were drawn with (DiceBear "pixel-art", default lists).
 */

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

/** All prompts for avatars. */
export const avatarPrompts = new PromptSpace(ATTRIBUTES);

import { PromptSpace, type Attribute } from '../promptSpace';

/** Edge of an emoji in pixels. */
export const EMOJI_SIZE = 16;

/**
 * What a prompt may fix; a value's id is its place in the list. Groups, styles and colours are as the
 * catalogue counts them; see docs/tasks/emoji.md for what is in a group.
 */
export const ATTRIBUTES = [
  {
    name: 'group',
    title: 'Group',
    values: [
      { name: 'face', also: ['smiley', 'faces', 'smileys', 'emoticon'] },
      { name: 'person', also: ['people', 'man', 'woman', 'persons'] },
      { name: 'hand', also: ['hands', 'gesture', 'fist', 'thumb'] },
      { name: 'heart', also: ['hearts', 'love'] },
      { name: 'animal', also: ['animals', 'pet', 'beast'] },
      {
        name: 'plant',
        also: ['plants', 'flower', 'flowers', 'tree', 'trees', 'fruit', 'fruits', 'vegetable'],
      },
      { name: 'building', also: ['buildings', 'house', 'houses'] },
      { name: 'vehicle', also: ['vehicles', 'car', 'transport'] },
      { name: 'sign', also: ['signs', 'symbol', 'button'] },
    ],
  },
  {
    name: 'style',
    title: 'Style',
    values: [
      { name: 'noto', also: ['google'] },
      { name: 'twemoji', also: ['twitter'] },
      { name: 'fluent', also: ['microsoft'] },
    ],
  },
  {
    name: 'colour',
    title: 'Main colour',
    values: [
      { name: 'red', hex: '#dd2e44', also: ['crimson', 'scarlet'] },
      { name: 'pink', hex: '#f48fb1', also: ['rose', 'magenta'] },
      { name: 'orange', hex: '#f4900c' },
      { name: 'yellow', hex: '#fcc21b', also: ['gold', 'golden'] },
      { name: 'green', hex: '#5c9e31', also: ['lime'] },
      { name: 'blue', hex: '#3b88c3', also: ['cyan', 'navy', 'turquoise', 'teal'] },
      { name: 'purple', hex: '#9266cc', also: ['violet', 'lilac', 'lavender'] },
      { name: 'brown', hex: '#8d5b3d' },
      { name: 'white', hex: '#f5f8fa' },
      { name: 'grey', hex: '#99aab5', also: ['gray', 'silver'] },
      { name: 'black', hex: '#31373d', also: ['dark'] },
    ],
  },
  {
    name: 'background',
    title: 'Background',
    values: [
      { name: 'white', hex: '#ffffff' },
      { name: 'pink', hex: '#ffc2d4', also: ['rose'] },
      { name: 'lavender', hex: '#cdbcf2', also: ['purple', 'violet', 'lilac'] },
      { name: 'green', hex: '#a8e0a0', also: ['mint'] },
      { name: 'sky blue', hex: '#a3d8f5', also: ['blue', 'light blue', 'sky'] },
      { name: 'navy', hex: '#2c3e70', also: ['dark blue', 'dark', 'night'] },
    ],
  },
] as const satisfies readonly Attribute[];

export type AttributeName = (typeof ATTRIBUTES)[number]['name'];
export type GroupName = (typeof ATTRIBUTES)[0]['values'][number]['name'];
export type StyleName = (typeof ATTRIBUTES)[1]['values'][number]['name'];
export type ColourName = (typeof ATTRIBUTES)[2]['values'][number]['name'];

export const GROUPS: readonly GroupName[] = ATTRIBUTES[0].values.map(({ name }) => name);
export const STYLES: readonly StyleName[] = ATTRIBUTES[1].values.map(({ name }) => name);
export const COLOURS: readonly ColourName[] = ATTRIBUTES[2].values.map(({ name }) => name);

/** Colours behind the emoji. */
export const BACKGROUNDS = ATTRIBUTES[3].values;

/** All prompts: group, style, main colour and background, in this order. */
export const EMOJI_PROMPTS = new PromptSpace(ATTRIBUTES);

import type { Prompt } from '../promptSpace';
import type { Split, TaskRandom } from '../task';
import { BACKGROUNDS, GROUPS, STYLES } from './attributes';
import { cellsIn, type Cell } from './catalogue';

/** What one image shows. */
export interface Choice {
  readonly cell: Cell;
  readonly background: number;
}

/**
 * Chooses an image: group, style, then a picture of both, and a background, each uniformly. So small
 * groups are as frequent as large ones. Takes four integers of `random`.
 */
export const choose = (random: TaskRandom, split: Split): Choice => {
  const group = random.integer(GROUPS.length);
  const style = random.integer(STYLES.length);
  const cells = cellsIn(group, style, split);
  const cell = cells[random.integer(cells.length)];
  const background = random.integer(BACKGROUNDS.length);
  if (!cell) throw new RangeError(`no ${split} picture of group ${group} in style ${style}`);
  return { cell, background };
};

/** The prompt that describes an image wholly. */
export const promptOf = ({ cell, background }: Choice): Prompt => [
  cell.group,
  cell.style,
  cell.colour,
  background,
];

/** `count` prompts with the distribution of the training images, all attributes given. */
export const samplePrompts = (random: TaskRandom, count: number): Prompt[] =>
  Array.from({ length: count }, () => promptOf(choose(random, 'training')));

import type { Prompt } from '../promptSpace';
import type { Split, TaskRandom } from '../task';
import { BACKGROUNDS, EMOJI_PROMPTS, GROUPS, STYLES } from './attributes';
import { CELLS, cellsIn, type Cell } from './catalogue';

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

/**
 * Chooses an image that a prompt describes, each of them as likely: of all artists and both splits,
 * as they are to be looked at. Null where there is none, as of a colour that a group does not have.
 */
export const chooseFor = (prompt: Prompt, random: TaskRandom): Choice | null => {
  const fits = (at: number, id: number): boolean =>
    prompt[at] === id || prompt[at] === EMOJI_PROMPTS.anyId(at);
  const cells = CELLS.filter(
    ({ group, style, colour }) => fits(0, group) && fits(1, style) && fits(2, colour),
  );
  if (cells.length === 0) return null;
  const cell = cells[random.integer(cells.length)];
  const asked = prompt[3] ?? EMOJI_PROMPTS.anyId(3);
  const background = asked < BACKGROUNDS.length ? asked : random.integer(BACKGROUNDS.length);
  return cell ? { cell, background } : null;
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

import type { Split } from '../task';
import { GROUPS, STYLES, type GroupName } from './attributes';
import catalogueJson from './catalogue.json';
import { readEntry } from './catalogueEntry';
import { splitOf } from './split';

/** One picture: a concept as one artist drew it. */
export interface Cell {
  /** Code points in lower-case hexadecimal with dashes. */
  readonly code: string;
  /** Ids of the attributes of these names. */
  readonly group: number;
  readonly style: number;
  readonly colour: number;
  /** Place in the atlas, in reading order. */
  readonly place: number;
}

/** Entries of each group as `writeEntry` writes them; made by `npm run emoji`. */
const ENTRIES: Readonly<Record<GroupName, readonly string[]>> = catalogueJson;

const CONCEPTS = GROUPS.flatMap((name, group) =>
  ENTRIES[name].map((text) => ({ group, ...readEntry(text) })),
);

/** All pictures in the order of the atlas, where a concept has a place for every style, drawn or not. */
export const CELLS: readonly Cell[] = CONCEPTS.flatMap(({ group, code, colours }, concept) =>
  colours.flatMap((colour, style) => {
    const place = concept * STYLES.length + style;
    return colour === undefined ? [] : [{ code, group, style, colour, place }];
  }),
);

/** Places of the atlas. */
export const PLACES = CONCEPTS.length * STYLES.length;

const shelf = (group: number, style: number): Record<Split, readonly Cell[]> => {
  const here = CELLS.filter((cell) => cell.group === group && cell.style === style);
  const of = (split: Split) => here.filter(({ code }) => splitOf(code) === split);
  return { training: of('training'), heldOut: of('heldOut') };
};

/** Pictures by group, then by style. */
const SHELVES = GROUPS.map((_, group) => STYLES.map((_, style) => shelf(group, style)));

/** The pictures of a group in a style that belong to a split. */
export const cellsIn = (group: number, style: number, split: Split): readonly Cell[] =>
  SHELVES[group]?.[style]?.[split] ?? [];

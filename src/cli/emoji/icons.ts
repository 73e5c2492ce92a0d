import { createRequire } from 'node:module';
import type { IconifyIcon, IconifyJSON } from '@iconify/types';
import type { StyleName } from '../../tasks/emoji/attributes';

const require = createRequire(import.meta.url);

/** npm package of each style's drawings. */
const PACKAGES: Readonly<Record<StyleName, string>> = {
  noto: '@iconify-json/noto',
  twemoji: '@iconify-json/twemoji',
  fluent: '@iconify-json/fluent-emoji-flat',
};

/** Iconify's default edge of an icon. */
const DEFAULT_EDGE = 16;
/** Aliases of aliases end long before. */
const ALIAS_DEPTH = 5;

/** A drawing's place and elements in its own units. */
export interface Drawing {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** SVG elements. */
  readonly body: string;
}

/** The drawings of one artist. */
export interface IconSet {
  readonly style: StyleName;
  readonly icons: IconifyJSON;
  /** Icons' names by their code points as `codeOf` writes them. */
  readonly names: ReadonlyMap<string, string>;
}

/** Code points in lower-case hexadecimal with dashes, without the variation selector. */
export const codeOf = (hexcode: string): string =>
  hexcode
    .toLowerCase()
    .split('-')
    .filter((point) => point !== 'fe0f')
    .join('-');

/** Reads the set of a style, as installed. */
export const openIconSet = (style: StyleName): IconSet => {
  const folder = PACKAGES[style];
  const names = require(`${folder}/chars.json`) as Record<string, string>;
  return {
    style,
    icons: require(`${folder}/icons.json`) as IconifyJSON,
    // Of two spellings of one code, with and without a variation selector, the first counts.
    names: new Map(Object.entries(names).map(([code, name]) => [codeOf(code), name])),
  };
};

/** "Face with hand over mouth" as sets name their icons. */
const slug = (label: string): string =>
  label
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f’'.]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

const resolve = ({ icons }: IconSet, name: string): Drawing | undefined => {
  let [current, flipped]: [string | undefined, boolean] = [name, false];
  for (let depth = 0; depth < ALIAS_DEPTH && current !== undefined; depth++) {
    const icon: IconifyIcon | undefined = icons.icons[current];
    if (icon) return drawingOf(icons, icon, flipped);
    const alias: NonNullable<IconifyJSON['aliases']>[string] | undefined = icons.aliases?.[current];
    flipped = flipped !== (alias?.hFlip === true);
    current = alias?.parent;
  }
  return undefined;
};

const drawingOf = (set: IconifyJSON, icon: IconifyIcon, flipped: boolean): Drawing => {
  const left = icon.left ?? set.left ?? 0;
  const top = icon.top ?? set.top ?? 0;
  const width = icon.width ?? set.width ?? DEFAULT_EDGE;
  const height = icon.height ?? set.height ?? DEFAULT_EDGE;
  const mirror = `translate(${2 * left + width} 0) scale(-1 1)`;
  const body = flipped ? `<g transform="${mirror}">${icon.body}</g>` : icon.body;
  return { left, top, width, height, body };
};

/**
 * An emoji's drawing in a set: by its code points, else by its label, else by the name that another
 * set gives these code points. Undefined when the set lacks it.
 */
export const findDrawing = (
  set: IconSet,
  sets: readonly IconSet[],
  code: string,
  label: string,
): Drawing | undefined => {
  const names = [set.names.get(code), slug(label), ...sets.map((other) => other.names.get(code))];
  for (const name of names) {
    const drawing = name === undefined ? undefined : resolve(set, name);
    if (drawing) return drawing;
  }
  return undefined;
};

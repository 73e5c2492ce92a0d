import { z } from 'zod';
import type { Prompt } from '../promptSpace';

/**
 * A visitor's task as plain data: what is drawn, and what prompts may say. It comes from a teacher's
 * file or from a folder of pictures, so nothing of it is believed before `parseOwnDefinition`.
 */

/** What a visitor's own task may be. */
export const OWN_LIMITS = {
  /** Edge of an image in pixels. */
  size: { least: 8, most: 64 },
  attributes: { least: 1, most: 16 },
  values: { least: 1, most: 256 },
  pictures: { least: 8, most: 20_000 },
} as const;

/** Letters of a name, and of a title. */
export const NAME_LENGTH = 40;
const TITLE_LENGTH = 60;

/** A task that cannot be: the message says what is wrong with it. */
export class OwnTaskError extends Error {
  override readonly name = 'OwnTaskError';
}

/**
 * Any text as a name that prompts can say: lower case, words of letters and digits with single
 * spaces, hyphens and the like. Empty where nothing is left.
 */
export const toName = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.&+'-]+/gu, ' ')
    .trim()
    .slice(0, NAME_LENGTH)
    .trim();

/** Any text as a title: one line without control characters. Empty where nothing is left. */
export const toTitle = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, TITLE_LENGTH)
    .trim();

const within = ({ least, most }: { readonly least: number; readonly most: number }) =>
  z.int().min(least).max(most);

const nameSchema = z
  .string()
  .refine((text) => text !== '' && toName(text) === text, 'is no name in lower case');

const distinct = (names: readonly string[]): boolean => new Set(names).size === names.length;

const attributeSchema = z.strictObject({
  /** As in the parameter names of the network. */
  name: z.string().regex(/^[A-Za-z]\w{0,39}$/, 'must be a letter, then letters, digits or _'),
  title: nameSchema,
  values: z
    .array(nameSchema)
    .min(OWN_LIMITS.values.least)
    .max(OWN_LIMITS.values.most)
    .refine(distinct, 'must differ'),
});

const picturesSchema = z.strictObject({
  count: within(OWN_LIMITS.pictures),
  /** SHA-256 of their file, in hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** The different prompts that they show, and how many show each. */
  shown: z
    .array(z.tuple([z.array(z.int().nonnegative()), z.int().positive()]))
    .min(1)
    .max(OWN_LIMITS.pictures.most),
});

const definitionSchema = z
  .strictObject({
    version: z.literal(1),
    title: z
      .string()
      .refine((text) => text !== '' && toTitle(text) === text, 'is no title of one line'),
    size: within(OWN_LIMITS.size),
    attributes: z
      .array(attributeSchema)
      .min(OWN_LIMITS.attributes.least)
      .max(OWN_LIMITS.attributes.most)
      .refine((all) => distinct(all.map(({ name }) => name)), 'must have different names')
      .refine((all) => distinct(all.map(({ title }) => title)), 'must have different titles'),
    /** The pictures that it was made from; null: a teacher alone is there. */
    pictures: picturesSchema.nullable(),
  })
  .refine(
    ({ attributes, pictures }) =>
      pictures === null ||
      pictures.shown.every(
        ([prompt]) =>
          prompt.length === attributes.length &&
          prompt.every((id, at) => id <= (attributes[at]?.values.length ?? -1)),
      ),
    'shows a prompt that its attributes do not have',
  )
  .refine(
    ({ pictures }) =>
      pictures === null ||
      pictures.shown.reduce((sum, [, count]) => sum + count, 0) === pictures.count,
    'shows another number of pictures than it has',
  );

export type OwnDefinition = z.output<typeof definitionSchema>;
export type OwnAttribute = z.output<typeof attributeSchema>;

/** Checks a definition that was read from somewhere. Throws OwnTaskError. */
export const parseOwnDefinition = (json: unknown): OwnDefinition => {
  const parsed = definitionSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.map(String).join('.') || 'it'} ${message}`.slice(0, 160));
  throw new OwnTaskError(`This does not describe a task: ${problems.join('; ')}.`);
};

/** FNV-1a, 32 bit, of a text's code units. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return hash;
};

/** Id of the task that a definition describes: equal ones are one task. */
export const ownTaskId = (definition: OwnDefinition): string =>
  `own-${hashOf(JSON.stringify(definition)).toString(16).padStart(8, '0')}`;

/** The different prompts of pictures, and how many show each, in order of first occurrence. */
export const countPrompts = (prompts: readonly Prompt[]): [number[], number][] => {
  const counts = new Map<string, [number[], number]>();
  for (const prompt of prompts) {
    const entry = counts.get(prompt.join());
    if (entry) entry[1]++;
    else counts.set(prompt.join(), [[...prompt], 1]);
  }
  return [...counts.values()];
};

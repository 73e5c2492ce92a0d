import { z } from 'zod';
import type { PromptSpace } from '../promptSpace';
import {
  OwnTaskError,
  parseOwnDefinition,
  toName,
  toTitle,
  type OwnDefinition,
} from './definition';

/** What a teacher's file says of its task besides the sizes of its network. */
export interface TeacherWords {
  /** Numbers of values by attribute name, in order. */
  readonly counts: Readonly<Record<string, number>>;
  /** Edge of its images in pixels. */
  readonly size: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Metadata keys of the words that a teacher's file may carry. */
const TITLE = 'title';
const PROMPTS = 'prompts';

const promptsSchema = z.array(
  z.strictObject({ name: z.string(), title: z.string(), values: z.array(z.string()) }),
);

/** The metadata by which a teacher's file says what its prompts mean; `ownDefinitionOf` reads it. */
export const promptMetadata = (
  title: string,
  { attributes }: PromptSpace,
): Record<string, string> => ({
  [TITLE]: title,
  [PROMPTS]: JSON.stringify(
    attributes.map((attribute) => ({
      name: attribute.name,
      title: attribute.title,
      values: attribute.values.map(({ name }) => name),
    })),
  ),
});

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Titles and value names by attribute; those that the file does not give are numbers. */
const wordsOf = ({ counts, metadata }: TeacherWords) => {
  const text = metadata[PROMPTS];
  if (text === undefined) return new Map<string, z.output<typeof promptsSchema>[number]>();
  const parsed = promptsSchema.safeParse(parseJson(text));
  const words = parsed.success ? parsed.data : [];
  const fits =
    words.length === Object.keys(counts).length &&
    words.every(({ name, values }) => counts[name] === values.length);
  if (!fits) {
    throw new OwnTaskError(
      'The words for its prompts, “prompts” of the metadata, are not those of its attributes.',
    );
  }
  return new Map(words.map((entry) => [entry.name, entry]));
};

/** The names, each once: what occurs twice, or is no name, gets its number. */
const distinctNames = (names: readonly string[], word: string): string[] => {
  const taken = new Set<string>();
  return names.map((text, index) => {
    const wanted = toName(text);
    const name = wanted === '' || taken.has(wanted) ? `${word} ${index + 1}` : wanted;
    taken.add(name);
    return name;
  });
};

/**
 * The task of a teacher that knows attributes of its own. Throws OwnTaskError where there are too
 * many of them, or names are none.
 */
export const ownDefinitionOf = (teacher: TeacherWords): OwnDefinition => {
  const { counts, size, metadata } = teacher;
  const words = wordsOf(teacher);
  const entries = Object.entries(counts);
  const titles = distinctNames(
    entries.map(([name]) => words.get(name)?.title ?? name),
    'attribute',
  );
  const given = toTitle(metadata[TITLE] ?? '');
  return parseOwnDefinition({
    version: 1,
    title: given === '' ? toTitle(`Own teacher, ${size}x${size}: ${titles.join(', ')}`) : given,
    size,
    attributes: entries.map(([name, count], index) => ({
      name,
      title: titles[index],
      values: distinctNames(
        words.get(name)?.values ??
          Array.from({ length: Math.min(count, 4096) }, (_, value) => `value ${value + 1}`),
        'value',
      ),
    })),
    pictures: null,
  });
};

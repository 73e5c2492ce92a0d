import { z } from 'zod';
import { SET_UP_FIELDS } from './setUp/setUp';

/**
 * A set-up as a file: everything that a visitor chose before Start. It is plain data with a version,
 * and comes from anywhere, so it is checked wholly before anything of it is used.
 */

/** A file that is no set-up; the message says what is wrong where. */
export class LabFileError extends Error {
  override readonly name = 'LabFileError';
}

const KIND = 'spear-and-shield set-up';
/** Characters of a file: eight arms take a few thousand. */
const LONGEST = 2 ** 20;
/** Letters of a message, in which the file's own words may occur. */
const MOST_LETTERS = 600;

const labFileSchema = z.strictObject({
  kind: z.literal(KIND),
  version: z.literal(1),
  ...SET_UP_FIELDS,
  /** Name and SHA-256 of the teacher's file; null: it could not be read when this was saved. */
  teacher: z
    .strictObject({ id: z.string().max(400), sha256: z.string().regex(/^[0-9a-f]{64}$/) })
    .nullable(),
});

export type LabFile = z.output<typeof labFileSchema>;

/** A set-up as the text of a JSON file. */
export const writeLabFile = (file: Omit<LabFile, 'kind' | 'version'>): string =>
  `${JSON.stringify({ kind: KIND, version: 1, ...file }, null, 2)}\n`;

const fail = (message: string, cause?: unknown): never => {
  throw new LabFileError(message.slice(0, MOST_LETTERS), { cause });
};

const toJson = (text: string): unknown => {
  if (text.length > LONGEST) return fail('This file is too large to be a set-up.');
  try {
    return JSON.parse(text);
  } catch (error) {
    return fail('This is no set-up: the file is not JSON, or it was cut off.', error);
  }
};

/** Reads what `writeLabFile` wrote. Throws LabFileError for anything else. */
export const parseLabFile = (text: string): LabFile => {
  const json = toJson(text);
  const head = z.looseObject({ kind: z.literal(KIND), version: z.number() }).safeParse(json);
  if (!head.success) return fail('This is no set-up of this page: it does not say that it is one.');
  const { version } = head.data;
  if (version > 1) {
    return fail(
      `This set-up is of version ${version}; this page reads version 1. Reload the page.`,
    );
  }
  const parsed = labFileSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.map(String).join('.') || 'the file'}: ${message}`);
  return fail(`This set-up cannot be used. ${problems.join('; ')}.`);
};

import { z } from 'zod';
import { findTask } from './registry';

/** A teacher that ships with the page, as listed in `public/teachers/index.json`. */
export type TeacherEntry = z.infer<typeof teacherEntrySchema>;

/** A list of teachers that cannot be used; the message says why. */
export class TeacherIndexError extends Error {
  override readonly name = 'TeacherIndexError';
}

const size = z.int().positive();
/** Plain names only: an index must not point outside its own folder. */
const fileName = (ending: string) => z.string().regex(new RegExp(`^[\\w-]+\\.${ending}$`));

export const teacherEntrySchema = z
  .strictObject({
    /** In links and settings; never changes once published. */
    id: z.string().regex(/^[a-z][a-z0-9-]*$/),
    /** The weights, in the index's folder. */
    file: fileName('safetensors'),
    title: z.string().min(1),
    /** What it draws. */
    task: z.string().refine((id) => findTask(id) !== undefined, 'there is no such task'),
    width: size,
    depth: size,
    heads: size,
    /** Edge of a square patch in pixels. */
    patch: size,
    /** Number of trained values. */
    parameters: size,
    /** SPDX expressions. */
    licence: z.strictObject({ art: z.string().min(1), code: z.string().min(1) }),
    /** The card: data, recipe, figures; in the index's folder. */
    card: fileName('md'),
  })
  .refine((entry) => entry.width % entry.heads === 0, 'heads must divide width')
  .refine((entry) => (findTask(entry.task)?.size ?? 0) % entry.patch === 0, {
    error: 'patch must divide the edge of the images',
  });

const teacherIndexSchema = z.strictObject({
  version: z.literal(1),
  teachers: z
    .array(teacherEntrySchema)
    .min(1)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'an id occurs twice'),
});

/**
 * Checks the parsed JSON of an index of teachers.
 *
 * @throws {TeacherIndexError} naming each field that is wrong.
 */
export function parseTeacherIndex(json: unknown): readonly TeacherEntry[] {
  const parsed = teacherIndexSchema.safeParse(json);
  if (!parsed.success) {
    throw new TeacherIndexError(
      `the list of teachers is not valid:\n${z.prettifyError(parsed.error)}`,
    );
  }
  return parsed.data.teachers;
}

import { describe, expect, test } from 'vitest';
import { parseSafetensors } from '../../../src/interchange/safetensors';
import { ATTRIBUTES } from '../../../src/tasks/avatars/attributes';
import { parseTeacherIndex, TeacherIndexError } from '../../../src/tasks/teachers';
import { readFixture, readGolden } from '../../support/files';

const FOLDER = 'public/teachers';

async function readIndex(): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await readFixture(`${FOLDER}/index.json`)));
}

describe('teachers that ship with the page', () => {
  test('are what the index says', async () => {
    const teachers = parseTeacherIndex(await readIndex());
    expect(teachers.map(({ id }) => id)).toContain('avatars');
    for (const entry of teachers) {
      const { metadata, tensors } = parseSafetensors(await readFixture(`${FOLDER}/${entry.file}`));
      expect(metadata).toMatchObject({
        width: String(entry.width),
        depth: String(entry.depth),
        heads: String(entry.heads),
        patch: String(entry.patch),
      });
      const sizes = [...tensors.values()].map(({ data }) => data.length);
      expect(sizes.reduce((sum, length) => sum + length, 0)).toBe(entry.parameters);
      expect((await readFixture(`${FOLDER}/${entry.card}`)).byteLength).toBeGreaterThan(0);
    }
  });

  test.each([`${FOLDER}/avatars.safetensors`, 'tests/fixtures/tiny-teacher.safetensors'])(
    '%s knows our attributes and holds plain numbers',
    async (path) => {
      const { metadata, tensors } = parseSafetensors(await readFixture(path));
      const wanted = ATTRIBUTES.map(({ name, values }) => [name, values.length]);
      expect(Object.entries(JSON.parse(metadata['attributes'] ?? '{}') as object)).toEqual(wanted);
      for (const { name, values } of ATTRIBUTES) {
        const table = tensors.get(`attrEmbed.${name}.weight`);
        expect(table?.shape).toEqual([values.length + 1, Number(metadata['width'])]);
      }
      for (const { name, dtype, data } of tensors.values()) {
        expect(dtype).toBe('F32');
        expect(data.every(Number.isFinite), name).toBe(true);
      }
    },
  );
});

test('golden files are read completely', async () => {
  const { metadata, tensors } = parseSafetensors(await readGolden('tiny.safetensors'));
  expect(Number(metadata['width'])).toBeGreaterThan(0);
  expect(tensors.get('forward.attributes')?.dtype).toBe('I32');
  expect(tensors.has('student.posEmbed')).toBe(true);
});

describe('an index is refused', () => {
  test.each<[string, Record<string, unknown>]>([
    ['a file outside its folder', { file: '../secret.safetensors' }],
    ['a file from elsewhere', { file: 'https://example.org/a.safetensors' }],
    ['heads that do not divide the width', { heads: 5 }],
    ['a patch that does not divide the image', { patch: 5 }],
    ['no layers', { depth: 0 }],
    ['another task', { task: 'dogs' }],
    ['an unknown key', { extra: 1 }],
  ])('for %s', async (_, change) => {
    const index = (await readIndex()) as { teachers: object[] };
    const teachers = [{ ...index.teachers[0], ...change }];
    expect(() => parseTeacherIndex({ ...index, teachers })).toThrow(TeacherIndexError);
  });

  test('for an id that occurs twice, another version, or no index at all', async () => {
    const index = (await readIndex()) as { teachers: object[] };
    const twice = { ...index, teachers: [index.teachers[0], index.teachers[0]] };
    expect(() => parseTeacherIndex(twice)).toThrow('an id occurs twice');
    expect(() => parseTeacherIndex({ ...index, version: 2 })).toThrow(TeacherIndexError);
    expect(() => parseTeacherIndex(null)).toThrow(TeacherIndexError);
  });
});

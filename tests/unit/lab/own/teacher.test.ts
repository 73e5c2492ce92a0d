import { describe, expect, test } from 'vitest';
import { ditConfigSchema } from '../../../../src/models/dit/config';
import { introduceOwnTask } from '../../../../src/lab/own/source';
import { readTeacher, TeacherError } from '../../../../src/lab/teacher';
import { parseOwnDefinition } from '../../../../src/tasks/own/definition';
import { findTask, removeTask, TASKS } from '../../../../src/tasks/registry';
import { promptMetadata } from '../../../../src/tasks/own/fromTeacher';
import { readFixture } from '../../../support/files';
import { OWN_NETWORK, ownTeacherFile } from '../../../support/ownTeacher';

const named = (metadata: Readonly<Record<string, string>>) =>
  readTeacher(ownTeacherFile(metadata).buffer);

describe('a teacher with attributes of its own', () => {
  test('brings a task of its own, with numbers where it has no words', () => {
    const { task, config } = named({});
    expect(config).toEqual(OWN_NETWORK);
    expect(task).toMatchObject({ size: 8, classifier: null, openImages: null, judged: [] });
    expect(task.title).toBe('Own teacher, 8x8: shape, colour');
    expect(task.prompts.valueCounts).toEqual({ shape: 3, colour: 2 });
    expect(task.toWords([0, 1])).toBe('shape: value 1, colour: value 2');
    expect(findTask(task.id)).toBeUndefined();
  });

  test('brings its own words where it has some', () => {
    const prompts = [
      { name: 'shape', title: 'Shape', values: ['Circle', 'square', 'circle'] },
      { name: 'colour', title: 'Colour', values: ['red', ';;'] },
    ];
    const { task } = named({ title: 'Shapes', prompts: JSON.stringify(prompts) });
    expect(task.title).toBe('Shapes');
    expect(task.toWords([0, 0])).toBe('shape: circle, colour: red');
    // A name twice, and one that is none, become numbers.
    expect(task.toWords([2, 1])).toBe('shape: value 3, colour: value 2');
  });

  test('keeps the words that our own files carry', () => {
    const first = named({ title: 'Shapes' });
    const again = named(promptMetadata(first.task.title, first.task.prompts));
    expect(again.task.id).toBe(first.task.id);
  });

  test('is of the task of its name, where that is known and has its attributes', () => {
    const task = introduceOwnTask({
      definition: parseOwnDefinition({
        ...{ version: 1, title: 'Known', size: 8, pictures: null },
        attributes: [
          { name: 'shape', title: 'shape', values: ['a', 'b', 'c'] },
          { name: 'colour', title: 'colour', values: ['d', 'e'] },
        ],
      }),
      pictures: null,
    });
    expect(named({ task: task.id }).task).toBe(task);
    expect(named({ task: 'avatars' }).task).not.toBe(TASKS[0]);
    removeTask(task.id);
    expect(named({ task: task.id }).task).not.toBe(task);
  });

  test('those of the tasks that come with the page are as before', async () => {
    const file = await readFixture('tests/fixtures/tiny-teacher.safetensors');
    expect(readTeacher(file).task).toBe(TASKS[0]);
  });
});

describe('a teacher beyond the limits is refused in words', () => {
  const network = (part: object) => ditConfigSchema.parse({ ...OWN_NETWORK, ...part });
  const attributes = (count: number, values: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, values]));

  test.each([
    ['four channels', network({ channels: 4 }), /4 channels, not 3/],
    ['an image that is not square', network({ imageWidth: 16 }), /16x8, not square/],
    ['a small image', network({ height: 4, imageWidth: 4 }), /edge of 4, not 8 to 64/],
    ['a large image', network({ height: 96, imageWidth: 96, patch: 16 }), /edge of 96/],
    ['no attributes', network({ attributes: {} }), /attributes of 0, not 1 to 16/],
    ['too many attributes', network({ attributes: attributes(17, 1) }), /attributes of 17/],
    ['too many values', network({ attributes: attributes(1, 257) }), /values of 257/],
  ])('%s', (_, config, message) => {
    const read = () => readTeacher(ownTeacherFile({}, config).buffer);
    expect(read).toThrow(TeacherError);
    expect(read).toThrow(message);
  });

  test('too many parameters, before memory is taken for them', () => {
    const large = { width: '1024', depth: '32', heads: '8' };
    expect(() => named(large)).toThrow(/parameters, not at most 33554432/);
  });

  test.each([
    ['words for other attributes', { prompts: '[]' }, /not those of its attributes/],
    ['words that are no JSON', { prompts: '{' }, /not those of its attributes/],
    ['a width that is no number', { width: 'wide' }, /does not describe a network/],
    ['attributes that are no JSON', { attributes: '{' }, /attributes is not JSON/],
    ['an attribute that is a number', { attributes: '{"1":3}' }, /does not describe a task/],
    ['a patch that does not tile', { patch: '3' }, /tile the image/],
    ['another network than its tensors', { depth: '2' }, /lacks the tensor/],
  ])('%s', (_, metadata, message) => {
    expect(() => named(metadata)).toThrow(TeacherError);
    expect(() => named(metadata)).toThrow(message);
  });
});

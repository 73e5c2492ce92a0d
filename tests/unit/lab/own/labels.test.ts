import { describe, expect, test } from 'vitest';
import { labelsOfFolders, labelsOfTable } from '../../../../src/lab/own/labels';
import { OwnTaskError } from '../../../../src/tasks/own/definition';

describe('labels by folder', () => {
  test('are the first folders below what all share', () => {
    const paths = ['set/train/Cats/1.png', 'set/train/dogs/a/2.png', 'set/train/dogs/3.png'];
    expect(labelsOfFolders(paths)).toEqual({
      attributes: [{ name: 'kind', title: 'kind', values: ['cats', 'dogs'] }],
      prompts: [[0], [1], [1]],
    });
  });

  test('leave pictures open that are in none', () => {
    const { attributes, prompts } = labelsOfFolders(['a/1.png', '2.png', 'b/3.png']);
    expect(attributes[0]?.values).toEqual(['a', 'b']);
    expect(prompts).toEqual([[0], [2], [1]]);
  });

  test.each([
    ['loose pictures', ['1.png', '2.png']],
    ['one folder', ['all/of/them/1.png', 'all/of/them/2.png']],
  ])('are one for %s', (_, paths) => {
    expect(labelsOfFolders(paths)).toEqual({
      attributes: [{ name: 'kind', title: 'kind', values: ['picture'] }],
      prompts: [[0], [0]],
    });
  });

  test('are at most 256', () => {
    const paths = Array.from({ length: 257 }, (_, index) => `folder${index}/x.png`);
    expect(() => labelsOfFolders(paths)).toThrow(/257 different values; at most 256/);
    expect(labelsOfFolders(paths.slice(1)).attributes[0]?.values).toHaveLength(256);
  });
});

const PATHS = ['set/a.png', 'set/b.png', 'set/c.png'];

describe('labels by a table', () => {
  test('may name files by path, by path in the set, or by name', () => {
    const text =
      '\uFEFFfile,Main Colour,hat\nset/a.png,Red,yes\nb.png,"sky, blue",\n./set/c.png,red,no\n';
    expect(labelsOfTable(text, PATHS)).toEqual({
      attributes: [
        { name: 'main_colour', title: 'main colour', values: ['red', 'sky blue'] },
        { name: 'hat', title: 'hat', values: ['no', 'yes'] },
      ],
      prompts: [
        [0, 1],
        [1, 2],
        [0, 0],
      ],
    });
  });

  test('leave pictures open that have no line, and pass over lines without a picture', () => {
    const { prompts } = labelsOfTable('hat,file\nyes,a.png\nno,z.png\nno,c.png', PATHS);
    expect(prompts).toEqual([[1], [2], [0]]);
  });

  test('give every column a parameter name of its own', () => {
    const { attributes } = labelsOfTable('file,größe,größ e,1st\na.png,x,y,z', PATHS);
    const names = attributes.map(({ name }) => name);
    expect(new Set(names).size).toBe(3);
    for (const name of names) expect(name).toMatch(/^[A-Za-z]\w*$/);
    expect(attributes.map(({ title }) => title)).toEqual(['größe', 'größ e', '1st']);
  });

  test.each([
    ['', /is empty/],
    ['name,hat\na.png,yes', /no column “file”/],
    ['file\na.png', /0 columns besides/],
    [`file,${Array.from({ length: 17 }, (_, i) => `c${i}`).join()}\na.png`, /17 columns besides/],
    ['file,hat,Hat\na.png,1,2', /name each of its columns/],
    ['file,hat,\na.png,1,2', /name each of its columns/],
    ['file,hat\nx.png,1', /names none of the pictures/],
    ['file,hat\na.png,', /“hat” says nothing/],
  ])('%j is refused', (text, message) => {
    expect(() => labelsOfTable(text, PATHS)).toThrow(OwnTaskError);
    expect(() => labelsOfTable(text, PATHS)).toThrow(message);
  });
});

import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { filesOfArchive } from '../../../../src/lab/own/archive';
import { collectPictures, type OwnFile } from '../../../../src/lab/own/collect';
import { readOwnPictures } from '../../../../src/lab/own/pictures';
import { OwnTaskError, ownTaskId } from '../../../../src/tasks/own/definition';
import { decodePng, fileOf, plainPng, redAndBlue } from '../../../support/ownFiles';

const collect = (files: readonly OwnFile[], size = 16) =>
  collectPictures({ files, size, title: 'Reds', decode: decodePng });

/** A PNG whose header claims another size. */
const claiming = (width: number, height: number): Uint8Array<ArrayBuffer> => {
  const file = plainPng([1, 2, 3]);
  const view = new DataView(file.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return file;
};

describe('pictures of one’s own', () => {
  test('become a task: scaled, counted, labelled by folder', async () => {
    const { definition, file, refused, pixels } = await collect(redAndBlue());
    expect(refused).toEqual([]);
    expect(definition).toMatchObject({
      ...{ title: 'Reds', size: 16 },
      attributes: [{ name: 'kind', title: 'kind', values: ['blue', 'red'] }],
      pictures: { count: 12 },
    });
    expect(definition.pictures?.shown).toEqual([
      [[0], 6],
      [[1], 6],
    ]);
    const pictures = readOwnPictures(file, definition);
    expect(pictures.pixels).toEqual(pixels);
    // In the order of the paths: blue/1, blue/11, blue/3 ...
    expect([...pixels.slice(0, 3 * 256)]).toEqual([
      ...Array<number>(512).fill(0),
      ...Array<number>(256).fill(254),
    ]);
    expect([...pixels.slice(6 * 768, 6 * 768 + 2)]).toEqual([255, 255]);
    expect(pictures.prompts.map(String).join('')).toBe('000000111111');
  });

  test('are the same task in whatever order they come, and another in another size', async () => {
    const ids = [redAndBlue(), redAndBlue().reverse()].map(async (files) =>
      ownTaskId((await collect(files)).definition),
    );
    const [one, other] = await Promise.all(ids);
    expect(other).toBe(one);
    expect(ownTaskId((await collect(redAndBlue(), 24)).definition)).not.toBe(one);
  });

  test('come from an archive as from a folder', async () => {
    const files = redAndBlue();
    const contents = await Promise.all(
      files.map(async ({ path, read }) => [path, await read()] as const),
    );
    const zip = zipSync({ ...Object.fromEntries(contents), '__MACOSX/._a.png': new Uint8Array(9) });
    const loose = await collect(files);
    expect((await collect(filesOfArchive(Uint8Array.from(zip)))).definition).toEqual(
      loose.definition,
    );
    expect(() => filesOfArchive(Uint8Array.from(zip.subarray(0, 300)))).toThrow(OwnTaskError);
  });

  test('may have a table of labels', async () => {
    const table = 'file,warm\n0.png,yes\n1.png,no\n';
    const files = [...redAndBlue(), fileOf('all/labels.csv', new TextEncoder().encode(table))];
    const { definition } = await collect(files);
    expect(definition.attributes).toEqual([{ name: 'warm', title: 'warm', values: ['no', 'yes'] }]);
    expect(definition.pictures?.count).toBe(12);
  });

  test('that cannot be used are left out, each with its reason', async () => {
    const whole = plainPng([9, 9, 9]);
    const big = { ...fileOf('big.png', whole), bytes: 9 * 2 ** 20 };
    const { refused, definition } = await collect([
      ...redAndBlue(),
      big,
      fileOf('notes.txt', new TextEncoder().encode('hello')),
      fileOf('cut.png', whole.slice(0, whole.length - 30)),
      fileOf('tiny.png', plainPng([0, 0, 0], 3)),
      fileOf('bomb.png', claiming(60_000, 60_000)),
      fileOf('../up.png', whole),
      fileOf('/root.png', whole),
      fileOf('C:/disk.png', whole),
      fileOf('back\\slash.png', whole),
      fileOf('.hidden.png', whole),
      fileOf('__MACOSX/x.png', whole),
      fileOf('Thumbs.db', whole),
    ]);
    expect(definition.pictures?.count).toBe(12);
    const reasons = Object.fromEntries(refused.map(({ path, reason }) => [path, reason]));
    const plain = 'its path is not a plain one';
    expect(reasons).toEqual({
      'big.png': 'it has more than 8 MiB',
      'notes.txt': 'it is no PNG, JPEG, GIF or WebP image',
      'cut.png': 'it cannot be decoded; it is damaged or cut off',
      'tiny.png': 'it has 3x3 pixels, not 4 to 4096 each way',
      'bomb.png': 'it has 60000x60000 pixels, not 4 to 4096 each way',
      ...{ '../up.png': plain, '/root.png': plain, 'C:/disk.png': plain, 'back\\slash.png': plain },
    });
  });

  test('are refused as a whole where they are too few or too many', async () => {
    await expect(collect(redAndBlue().slice(0, 7))).rejects.toThrow(
      /Only 7 of 7 files are pictures; at least 8/,
    );
    const texts = redAndBlue().map(({ path }) => fileOf(`${path}.txt`, new Uint8Array(3)));
    await expect(collect(texts)).rejects.toThrow(/Only 0 of 12.*no PNG/);
    const never = () => Promise.reject(new Error('it was read'));
    const many = Array.from({ length: 20_001 }, (_, index) => ({
      ...{ path: `${index}.png`, bytes: 100, read: never },
    }));
    await expect(collect(many)).rejects.toThrow(/20001 files; at most 20000/);
    const large = many.slice(0, 60).map((file) => ({ ...file, bytes: 5 * 2 ** 20 }));
    await expect(collect(large)).rejects.toThrow(/300 MiB together; at most 256/);
  });
});

import { encode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { philox4x32 } from '../../../../src/graph/philox';
import {
  ATLAS_PATH,
  ATLAS_WIDTH,
  AtlasError,
  atlasHeight,
  readAtlas,
} from '../../../../src/tasks/emoji/atlas';
import { BACKGROUNDS } from '../../../../src/tasks/emoji/attributes';
import { CELLS, cellsIn, PLACES } from '../../../../src/tasks/emoji/catalogue';
import { dominantColour } from '../../../../src/tasks/emoji/dominantColour';
import { EmojiImages, imagesOpener } from '../../../../src/tasks/emoji/images';
import { emojiTask } from '../../../../src/tasks/emoji/task';
import type { Prompt } from '../../../../src/tasks/promptSpace';
import { openImages, type Split } from '../../../../src/tasks/task';
import { readFixture } from '../../../support/files';

const HEIGHT = atlasHeight(PLACES);
const VALUES = 768;
const SPLITS: readonly Split[] = ['training', 'heldOut'];
/** "emot" and "emoh". */
const STREAM = { training: 0x656d6f74, heldOut: 0x656d6f68 } as const;

const atlasFile = (): Promise<ArrayBuffer> => readFixture('public/tasks/emoji.png');

/** Bytes without a pattern, another for every pixel and channel. */
const syntheticAtlas = Uint8Array.from(
  { length: 4 * ATLAS_WIDTH * HEIGHT },
  (_, at) => (Math.imul(at + 1, 2654435761) >>> 16) & 255,
);

/** Integer below n of word `word` of the one block that an image takes. */
const integer = (seed: number, split: Split, index: number, word: number, n: number): number => {
  const words = philox4x32([0, index, 0, 0], [seed, STREAM[split]]);
  return Number((BigInt(words[word] ?? 0) * BigInt(n)) >> 32n);
};

describe('an image', () => {
  test.each(SPLITS)('of the %s split is a cell over its background, byte for byte', (split) => {
    const { images, prompts } = new EmojiImages(syntheticAtlas).draw(7, 40, split);
    expect(images).toHaveLength(40 * VALUES);
    prompts.forEach((prompt, index) => {
      const [group, style] = [integer(7, split, index, 0, 9), integer(7, split, index, 1, 3)];
      const shelf = cellsIn(group, style, split);
      const cell = shelf[integer(7, split, index, 2, shelf.length)];
      const background = integer(7, split, index, 3, 6);
      expect(prompt).toEqual([group, style, cell?.colour, background]);
      const { hex } = BACKGROUNDS[background] ?? { hex: '' };
      const under = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
      for (let pixel = 0; pixel < 256; pixel++) {
        const [x, y] = [pixel % 16, pixel >> 4];
        const place = cell?.place ?? NaN;
        const row = 16 * Math.floor(place / 48) + y;
        const from = 4 * (row * 48 * 16 + 16 * (place % 48) + x);
        const alpha = (syntheticAtlas[from + 3] ?? NaN) / 255;
        under.forEach((below, channel) => {
          const above = syntheticAtlas[from + channel] ?? NaN;
          // 255 is odd, so no mean of two bytes ends in a half.
          const byte = Math.round(above * alpha + below * (1 - alpha));
          const value = images[VALUES * index + 256 * channel + pixel];
          expect(value).toBe(Math.fround(byte / 127.5 - 1));
        });
      }
    });
  });

  test('is the same for the same seed, whatever the count', () => {
    const emoji = new EmojiImages(syntheticAtlas);
    const [once, more] = [emoji.draw(3, 20, 'training'), emoji.draw(3, 30, 'training')];
    expect(emoji.draw(3, 20, 'training')).toEqual(once);
    expect(more.images.slice(0, once.images.length)).toEqual(once.images);
    expect(more.prompts.slice(0, 20)).toEqual(once.prompts);
    expect(emoji.draw(4, 20, 'training').prompts).not.toEqual(once.prompts);
    expect(emoji.draw(3, 20, 'heldOut').prompts).not.toEqual(once.prompts);
    expect(() => emoji.draw(-1, 1, 'training')).toThrow(RangeError);
  });
});

describe('the pictures of this version', () => {
  /** The four corners of an image, and the middle of its first row. */
  const BORDER = [0, 8, 15, 240, 255];

  test('lie on the background that their prompts say, with a margin', async () => {
    const emoji = await openImages(emojiTask, atlasFile);
    for (const split of SPLITS) {
      const { images, prompts } = emoji.draw(1, 300, split);
      prompts.forEach((prompt: Prompt, index) => {
        const hex = BACKGROUNDS[prompt[3] ?? NaN]?.hex ?? '';
        for (const at of BORDER) {
          const shown = [0, 256, 512].map((plane) => {
            const byte = ((images[VALUES * index + plane + at] ?? NaN) + 1) * 127.5;
            return Math.round(byte).toString(16).padStart(2, '0');
          });
          expect(`#${shown.join('')}`).toBe(hex);
        }
      });
    }
  });

  test('have the main colour that the catalogue says', async () => {
    const atlas = readAtlas(await atlasFile(), PLACES);
    for (const { code, colour, place } of CELLS) {
      const rows = Array.from({ length: 16 }, (_, y) => {
        const row = 16 * Math.floor(place / 48) + y;
        const from = 4 * (row * ATLAS_WIDTH + 16 * (place % 48));
        return atlas.subarray(from, from + 64);
      });
      const pixels = Uint8Array.from(rows.flatMap((row) => [...row]));
      const name = emojiTask.prompts.attributes[2]?.values[colour]?.name;
      expect(dominantColour(pixels), code).toBe(name);
      // Not blank: about a third of the cell at least.
      expect(pixels.filter((value, at) => at % 4 === 3 && value > 127).length).toBeGreaterThan(16);
    }
  });
});

describe('the atlas', () => {
  test('is fetched once, and again after a failure', async () => {
    const open = imagesOpener();
    const asked: string[] = [];
    await expect(open(() => Promise.reject(new Error('offline')))).rejects.toThrow('offline');
    const fetchAsset = (path: string): Promise<ArrayBuffer> => {
      asked.push(path);
      return atlasFile();
    };
    const [first, second] = await Promise.all([open(fetchAsset), open(fetchAsset)]);
    expect(await open(fetchAsset)).toBe(first);
    expect(second).toBe(first);
    expect(asked).toEqual([ATLAS_PATH]);
  });

  const png = (width: number, height: number, channels: number): ArrayBuffer =>
    Uint8Array.from(
      encode({ width, height, channels, data: new Uint8Array(width * height * channels) }),
    ).buffer;

  test.each<[string, () => Promise<ArrayBuffer> | ArrayBuffer, string]>([
    ['text', () => new TextEncoder().encode('<!doctype html>').buffer, 'no PNG'],
    ['nothing', () => new ArrayBuffer(0), 'no PNG'],
    ['half a file', async () => (await atlasFile()).slice(0, 9000), 'no PNG, or a part of one'],
    ['another size', () => png(ATLAS_WIDTH, HEIGHT - 16, 4), `not ${ATLAS_WIDTH}x${HEIGHT}`],
    ['no alpha', () => png(ATLAS_WIDTH, HEIGHT, 3), '3 channels of 8 bits'],
  ])('that is %s is refused in words', async (_, file, message) => {
    const opening = imagesOpener()(async () => file());
    await expect(opening).rejects.toThrow(AtlasError);
    await expect(opening).rejects.toThrow(message);
    await expect(opening).rejects.toThrow('npm run emoji');
  });
});

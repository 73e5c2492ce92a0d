import { describe, expect } from 'vitest';
import {
  ditConfigFromMetadata,
  ditMetadata,
  imageShape,
  ModelConfigError,
  tokenCount,
} from '../../../src/models/dit/config';
import { patchify, unpatchify } from '../../../src/models/layers';
import { evaluate, feed } from '../../support/evaluate';
import { test } from '../../support/gpu';
import { TINY } from '../../support/tinyTeacher';

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe('patches', () => {
  for (const { shape, patch } of [
    { shape: [2, 3, 4, 6], patch: 2 },
    { shape: [1, 1, 3, 3], patch: 3 },
    { shape: [3, 2, 2, 4], patch: 1 },
  ]) {
    test(`of [${shape.join(', ')}] by ${patch}: row by row, each (channel, row, column)`, async ({
      gpu,
    }) => {
      const [batch = 1, channels = 1, height = 1, width = 1] = shape;
      const images = feed(shape, range(batch * channels * height * width));
      const tokens = patchify(images.tensor, patch);
      const [cut, back] = await evaluate(gpu, [tokens, unpatchify(tokens, patch, shape)], [images]);
      const [rows, columns] = [height / patch, width / patch];
      expect(tokens.shape).toEqual([batch, rows * columns, channels * patch * patch]);
      const expected: number[] = [];
      for (const b of range(batch))
        for (const row of range(rows))
          for (const column of range(columns))
            for (const c of range(channels))
              for (const y of range(patch))
                for (const x of range(patch)) {
                  const line = (b * channels + c) * height + row * patch + y;
                  expected.push(line * width + column * patch + x);
                }
      expect([...(cut ?? [])]).toEqual(expected);
      expect(back).toEqual(images.data);
    });
  }

  test('that do not tile the image are refused', () => {
    expect(() => patchify(feed([1, 1, 4, 6], range(24)).tensor, 4)).toThrow(
      'Patches of 4 do not tile an image of 4 x 6.',
    );
  });
});

describe('metadata', () => {
  const metadata = ditMetadata(TINY);

  test('describes the network it was made from', () => {
    expect(ditConfigFromMetadata(metadata)).toEqual(TINY);
    const other = { ...TINY, channels: 1, height: 8, imageWidth: 32, depth: 3 };
    expect(ditConfigFromMetadata(ditMetadata(other))).toEqual(other);
    expect(tokenCount(other)).toBe(4);
    expect(imageShape(other, 5)).toEqual([5, 1, 8, 32]);
  });

  test('may leave attributes and image size to defaults', () => {
    const { width, depth, heads, patch } = metadata;
    const sparse = { width, depth, heads, patch } as Record<string, string>;
    expect(ditConfigFromMetadata(sparse, TINY.attributes)).toEqual(TINY);
    expect(() => ditConfigFromMetadata(sparse)).toThrow(/attributes/);
  });

  const refusals: [Record<string, string>, RegExp][] = [
    [{ width: '' }, /width/],
    [{ width: 'wide' }, /width/],
    [{ width: '32.5' }, /width/],
    [{ heads: '3' }, /width must be a multiple of heads/],
    [{ width: '512', heads: '2' }, /at most 128 features/],
    [{ patch: '5' }, /the patch must tile the image/],
    [{ patch: '1' }, /at most 64 tokens/],
    [{ depth: '0' }, /depth/],
    [{ image: '3x16' }, /image is 3x16/],
    [{ image: 'axbxc' }, /channels/],
    [{ attributes: '{' }, /attributes is not JSON/],
    [{ attributes: '{"hat": 0}' }, /attributes\.hat/],
  ];
  for (const [change, message] of refusals) {
    test(`${JSON.stringify(change)} is refused`, () => {
      const read = () => ditConfigFromMetadata({ ...metadata, ...change });
      expect(read).toThrow(ModelConfigError);
      expect(read).toThrow(message);
    });
  }
});

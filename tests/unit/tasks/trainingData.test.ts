import { describe, expect, test } from 'vitest';
import { PhiloxStream } from '../../../src/graph/philox';
import { avatarPrompts } from '../../../src/tasks/avatars/attributes';
import { imageStatistics, trainingData } from '../../../src/tasks/trainingData';
import { realAvatars } from '../../../src/tasks/avatars/generator';
import { avatars } from '../../support/avatars';

const data = trainingData(avatars);
const stream = (step = 0): PhiloxStream => new PhiloxStream(2, 1, step);

/** Rows of one prompt as ids. */
function idsOf(rows: Int32Array, index: number): number[] {
  const offsets = avatarPrompts.rowOffsets;
  return offsets.map((offset, attribute) => (rows[8 * index + attribute] ?? NaN) - offset);
}

describe('real images', () => {
  test('depend on the stream alone', () => {
    const [once, again] = [data.images(stream(), 16, 'full'), data.images(stream(), 16, 'full')];
    expect(again).toEqual(once);
    expect(once.images).toHaveLength(16 * 768);
    expect(once.rows).toHaveLength(16 * 8);
    expect(data.images(stream(1), 16, 'full').images).not.toEqual(once.images);
  });

  test('show what their full prompts say', () => {
    const { images, rows } = data.images(stream(), 64, 'full');
    for (let index = 0; index < 64; index++) {
      const ids = idsOf(rows, index);
      expect(ids.every((id, attribute) => id < (avatarPrompts.nullPrompt[attribute] ?? 0))).toBe(
        true,
      );
      // The background's red channel, top left of a picture; no hair reaches there.
      const red = [0xb6, 0xff, 0xd1, 0xff, 0xc0, 0x2c, 0x7a, 0x1f][ids[0] ?? 8] ?? NaN;
      expect(((images[768 * index] ?? NaN) + 1) * 127.5).toBeCloseTo(red, 3);
    }
  });

  test('are the same under partial prompts, which leave attributes open', () => {
    const full = data.images(stream(), 256, 'full');
    const partial = data.images(stream(), 256, 'partial');
    expect(partial.images).toEqual(full.images);
    let [open, empty] = [0, 0];
    for (let index = 0; index < 256; index++) {
      const said = idsOf(full.rows, index);
      const asked = idsOf(partial.rows, index);
      asked.forEach((id, attribute) => {
        expect([said[attribute], avatarPrompts.nullPrompt[attribute]]).toContain(id);
        if (id === avatarPrompts.nullPrompt[attribute]) open++;
      });
      if (asked.join() === avatarPrompts.nullPrompt.join()) empty++;
    }
    // Wholly dropped: 12 % and a ninth of 44 %; of all attributes, 12 % and half of 44 %.
    expect(Math.abs(empty / 256 - 0.169)).toBeLessThan(0.09);
    expect(Math.abs(open / (8 * 256) - 0.34)).toBeLessThan(0.1);
  });
});

test('prompts are rows of the table', () => {
  const rows = data.prompts(stream(), 32, 'full');
  expect(rows).toHaveLength(32 * 8);
  for (let index = 0; index < 32; index++) {
    const ids = idsOf(rows, index);
    expect(
      ids.every((id, attribute) => id >= 0 && id < (avatarPrompts.nullPrompt[attribute] ?? 0)),
    ).toBe(true);
  }
});

describe('statistics', () => {
  test('are the mean and the mean unbiased variance of an image', () => {
    // Means 2 and 6; unbiased variances (1 + 0 + 1) / 2 and (9 + 9 + 0) / 2.
    const { mean, variance } = imageStatistics(Float32Array.of(1, 2, 3, 3, 9, 6), 3);
    expect(mean).toBeCloseTo(4, 12);
    expect(variance).toBeCloseTo(5, 12);
  });

  test('of the pool are those of the data', () => {
    // Other avatars: 1,000 of them have a standard error of about .002 in both.
    const fresh = imageStatistics(realAvatars(77, 1000).images, 768);
    expect(Math.abs(data.statistics.mean - fresh.mean)).toBeLessThan(0.03);
    expect(Math.abs(data.statistics.variance - fresh.variance)).toBeLessThan(0.012);
  });
});

import { describe, expect, test } from 'vitest';
import { PhiloxStream } from '../../../src/graph/philox';
import { imagePool } from '../../../src/tasks/imagePool';
import { dropOut } from '../../../src/tasks/promptDropout';
import { TINY_TASK, tinyImages } from '../../support/tinyTeaching';

const space = TINY_TASK.prompts;
const dropout = { whole: 0.12, byAttribute: 0.5 };

describe('batches', () => {
  const pool = tinyImages.draw(1, 6, 'training');
  const values = pool.images.length / pool.prompts.length;

  test('are images of the pool with their prompts', () => {
    const source = imagePool(pool, space, dropout);
    const { images, rows } = source(new PhiloxStream(1, 1, 0), 32, 'full');
    const seen = new Set<number>();
    for (let place = 0; place < 32; place++) {
      const asked = rows.slice(2 * place, 2 * place + 2);
      const which = pool.prompts.findIndex(
        (prompt) => space.rowsOf([prompt]).join() === asked.join(),
      );
      seen.add(which);
      expect(images.slice(place * values, (place + 1) * values)).toEqual(
        pool.images.slice(which * values, (which + 1) * values),
      );
    }
    expect(seen.size).toBe(6);
    expect(seen.has(-1)).toBe(false);
  });

  test('are the stream’s alone, and the same images whether prompts are dropped or not', () => {
    const source = imagePool(pool, space, dropout);
    const at = (step: number, mode: 'full' | 'partial') =>
      source(new PhiloxStream(1, 1, step), 8, mode);
    expect(at(3, 'partial')).toEqual(at(3, 'partial'));
    expect(at(3, 'partial').images).toEqual(at(3, 'full').images);
    expect(at(4, 'full').images).not.toEqual(at(3, 'full').images);
  });
});

test('prompts are dropped as often as the recipe says', () => {
  const random = new PhiloxStream(1, 0, 0);
  const count = 20_000;
  const dropped = Array.from(
    { length: count },
    () =>
      dropOut(space, [1, 1], random, dropout).filter((id, index) => id === space.anyId(index))
        .length,
  );
  const share = (n: number) => dropped.filter((one) => one === n).length / count;
  // One by one at a rate u of U[0, 1): none is dropped with E (1 - u)^2 = 1/3, both with E u^2 = 1/3.
  expect(share(2)).toBeCloseTo(0.12 + 0.88 * 0.5 * (1 / 3), 1.7);
  expect(share(0)).toBeCloseTo(0.88 * (0.5 + 0.5 * (1 / 3)), 1.7);
  expect(share(1)).toBeCloseTo(0.88 * 0.5 * (1 / 3), 1.7);
});

import { describe, expect, test } from 'vitest';
import { groupOf, readConcepts } from '../../../src/cli/emoji/groups';
import { codeOf, findDrawing, type Drawing, type IconSet } from '../../../src/cli/emoji/icons';
import { rasterise } from '../../../src/cli/emoji/raster';
import { GROUPS } from '../../../src/tasks/emoji/attributes';

describe('rasterise', () => {
  const drawing = (body: string): Drawing => ({ left: 0, top: 0, width: 32, height: 32, body });
  const pixel = (cell: Uint8Array | undefined, x: number, y: number): number[] => [
    ...(cell?.subarray(4 * (16 * y + x), 4 * (16 * y + x) + 4) ?? []),
  ];

  test('fits what is seen into 14 pixels, in the middle, whatever its size and place', () => {
    for (const body of [
      '<path fill="#204060" d="M0 0h32v32H0z"/>',
      '<path fill="#204060" d="M20 4h8v8h-8z"/>',
    ]) {
      const cell = rasterise(drawing(body));
      for (let at = 0; at < 256; at++) {
        const [x, y] = [at % 16, at >> 4];
        const inside = x >= 1 && x < 15 && y >= 1 && y < 15;
        expect(pixel(cell, x, y)).toEqual(inside ? [0x20, 0x40, 0x60, 255] : [0, 0, 0, 0]);
      }
    }
  });

  test('keeps the proportions of what is not square', () => {
    const cell = rasterise(drawing('<path fill="red" d="M4 2h8v28H4z"/>'));
    // 14 pixels of 2 units each tall, so 4 wide: columns 6 to 9.
    const row = Array.from({ length: 16 }, (_, x) => pixel(cell, x, 8)[3]);
    expect(row).toEqual(row.map((_, x) => (x >= 6 && x < 10 ? 255 : 0)));
  });

  test('gives a pixel the mean colour of what covers it, and how much is covered', () => {
    // Half of each pixel's column white, half black; then, half of it bare.
    const stripes = Array.from({ length: 14 }, (_, x) => `M${2 * x} 0h1v28h-1z`).join('');
    const frame = '<path fill="#fff" d="M0 0h28v28H0z"/>';
    const grey = rasterise({ ...drawing(`${frame}<path d="${stripes}"/>`), width: 28, height: 28 });
    expect(pixel(grey, 5, 5)).toEqual([128, 128, 128, 255]);
    const corners = '<path fill="#fff" d="M0 0h2v2h-2zM26 26h2v2h-2z"/>';
    const bare = rasterise(drawing(`${corners}<path fill="#fff" d="${stripes}"/>`));
    expect(pixel(bare, 5, 5)).toEqual([255, 255, 255, 128]);
  });

  test('of nothing is nothing', () => {
    expect(rasterise(drawing(''))).toBeUndefined();
  });
});

describe('findDrawing', () => {
  const icon = (body: string) => ({ body });
  const set = (names: Record<string, string>, rest: Partial<IconSet['icons']> = {}): IconSet => ({
    style: 'noto',
    icons: {
      prefix: 'set',
      icons: { 'red-heart': icon('heart'), 'left-arrow': icon('arrow') },
      aliases: {
        love: { parent: 'red-heart' },
        'right-arrow': { parent: 'left-arrow', hFlip: true },
      },
      width: 20,
      height: 10,
      ...rest,
    },
    names: new Map(Object.entries(names)),
  });
  const plain = { left: 0, top: 0, width: 20, height: 10 };

  test('goes by code, by label, by what another set calls it, and through aliases', () => {
    const [own, other] = [set({ '2764': 'love' }), set({ '1f9e1': 'red-heart' })];
    expect(findDrawing(own, [own], '2764', 'x')).toEqual({ ...plain, body: 'heart' });
    expect(findDrawing(own, [own], '0', 'Red heart!')).toEqual({ ...plain, body: 'heart' });
    expect(findDrawing(own, [own, other], '1f9e1', 'x')).toEqual({ ...plain, body: 'heart' });
    expect(findDrawing(own, [own, other], '1f9e2', 'x')).toBeUndefined();
  });

  test('mirrors an alias that is the other way round', () => {
    const own = set({});
    expect(findDrawing(own, [own], '0', 'right arrow')?.body).toBe(
      '<g transform="translate(20 0) scale(-1 1)">arrow</g>',
    );
  });

  test('reads codes without the variation selector', () => {
    expect(codeOf('2764-FE0F-200D-1F525')).toBe('2764-200d-1f525');
  });
});

describe('groups', () => {
  const concepts = readConcepts();

  test('take subgroups with exceptions, and emoji of others by label', () => {
    expect(groupOf('red heart', 'heart')).toBe('heart');
    expect(groupOf('love letter', 'heart')).toBeUndefined();
    expect(groupOf('heart suit', 'game')).toBe('heart');
    expect(groupOf('chess pawn', 'game')).toBeUndefined();
  });

  test('hold each emoji once, without skin tones and sexes', () => {
    expect(new Set(concepts.map(({ code }) => code)).size).toBe(concepts.length);
    const labels = concepts.map(({ label }) => label);
    expect(labels).toContain('judge');
    expect(labels).toContain('police officer');
    for (const label of [
      'man judge',
      'woman judge',
      'woman police officer',
      'thumbs up: dark skin tone',
    ]) {
      expect(labels).not.toContain(label);
    }
    for (const group of GROUPS) {
      expect(concepts.filter((concept) => concept.group === group).length).toBeGreaterThan(20);
    }
  });
});

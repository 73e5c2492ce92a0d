import { describe, expect, test } from 'vitest';
import { PhiloxStream } from '../../../../src/graph/philox';
import { EMOJI_PROMPTS, GROUPS, STYLES } from '../../../../src/tasks/emoji/attributes';
import { CELLS, cellsIn } from '../../../../src/tasks/emoji/catalogue';
import { readEntry, writeEntry } from '../../../../src/tasks/emoji/catalogueEntry';
import { samplePrompts } from '../../../../src/tasks/emoji/choice';
import { colourName, dominantColour } from '../../../../src/tasks/emoji/dominantColour';
import { splitOf } from '../../../../src/tasks/emoji/split';
import { emojiTask } from '../../../../src/tasks/emoji/task';

describe('the catalogue', () => {
  test('has each concept once, in a place of its own', () => {
    const pictures = CELLS.map(({ code, style }) => `${code} ${style}`);
    expect(new Set(pictures).size).toBe(CELLS.length);
    expect(new Set(CELLS.map(({ place }) => place)).size).toBe(CELLS.length);
    for (const cell of CELLS) {
      const values = [cell.group, cell.style, cell.colour, 0];
      expect(EMOJI_PROMPTS.check(values)).toEqual(values);
      expect(cell.code).toMatch(/^[0-9a-f]{2,5}(-[0-9a-f]{2,5})*$/);
    }
  });

  test('parts concepts, not pictures: one is held out in all styles', () => {
    const codes = (split: 'training' | 'heldOut') =>
      new Set(
        GROUPS.flatMap((_, group) =>
          STYLES.flatMap((__, style) => cellsIn(group, style, split).map(({ code }) => code)),
        ),
      );
    const [training, heldOut] = [codes('training'), codes('heldOut')];
    expect([...heldOut].filter((code) => training.has(code))).toEqual([]);
    expect(training.size + heldOut.size).toBe(new Set(CELLS.map(({ code }) => code)).size);
    expect(heldOut.size / (training.size + heldOut.size)).toBeCloseTo(0.1, 1);
  });

  test('has enough of every group in every style to learn and to judge', () => {
    GROUPS.forEach((group, id) => {
      STYLES.forEach((style, styleId) => {
        const message = `${group}, ${style}`;
        expect(cellsIn(id, styleId, 'training').length, message).toBeGreaterThanOrEqual(20);
        expect(cellsIn(id, styleId, 'heldOut').length, message).toBeGreaterThanOrEqual(3);
      });
    });
  });

  test('is written as it is read', () => {
    const entry = { code: '1f44d-200d-2642', colours: [3, undefined, 10] };
    expect(writeEntry(entry)).toBe('1f44d-200d-2642 3-a');
    expect(readEntry('1f44d-200d-2642 3-a')).toEqual(entry);
  });
});

test('the split is FNV-1a of the code points, one in ten', () => {
  // Published vectors of FNV-1a, 32 bit, in decimal: those that end in 0 are held out.
  expect(splitOf('')).toBe('training'); // 2166136261
  expect(splitOf('a')).toBe('heldOut'); // 3826002220
  expect(splitOf('b')).toBe('training'); // 3876335077
  expect(splitOf('foobar')).toBe('heldOut'); // 3214735720
});

test('sampled prompts are those of training images, groups and styles alike frequent', () => {
  const prompts = samplePrompts(new PhiloxStream(5, 1, 0), 5400);
  const seen = new Set(CELLS.map(({ group, style, colour }) => `${group} ${style} ${colour}`));
  for (const [group, style, colour] of prompts) {
    expect(seen).toContain(`${group} ${style} ${colour}`);
  }
  EMOJI_PROMPTS.attributes.forEach(({ name, values }, index) => {
    if (name === 'colour') return;
    values.forEach((_, id) => {
      const share = prompts.filter((prompt) => prompt[index] === id).length / prompts.length;
      // Six standard errors.
      const expected = 1 / values.length;
      expect(Math.abs(share - expected)).toBeLessThan(6 * Math.sqrt(expected / prompts.length));
    });
  });
});

describe('the main colour', () => {
  test.each([
    ['red', 0xdd, 0x2e, 0x44],
    ['pink', 0xf4, 0xab, 0xba],
    ['orange', 0xf4, 0x90, 0x0c],
    ['yellow', 0xff, 0xcc, 0x4d],
    ['green', 0x5c, 0x91, 0x3b],
    ['blue', 0x55, 0xac, 0xee],
    ['purple', 0x92, 0x66, 0xcc],
    ['brown', 0x66, 0x21, 0x13],
    ['white', 0xf5, 0xf8, 0xfa],
    ['grey', 0x99, 0xaa, 0xb5],
    ['black', 0x31, 0x37, 0x3d],
  ])('%s', (name, red, green, blue) => {
    expect(colourName(red, green, blue)).toBe(name);
  });

  test('is that of most pixels, of those that are opaque', () => {
    const [red, blue, ghost] = [
      [221, 46, 68, 255],
      [85, 172, 238, 255],
      [85, 172, 238, 127],
    ];
    expect(dominantColour(Uint8Array.from([red, blue, red].flat()))).toBe('red');
    expect(dominantColour(Uint8Array.from([ghost, red, ghost].flat()))).toBe('red');
    expect(dominantColour(Uint8Array.from([blue, red, blue].flat()))).toBe('blue');
  });
});

describe('the task', () => {
  test('credits everyone whose work it shows', () => {
    const licences = emojiTask.credits.map(({ title, licence }) => `${title}: ${licence}`);
    expect(licences).toEqual([
      'Noto Emoji: Apache-2.0',
      'Twitter Emoji: CC-BY-4.0',
      'Fluent Emoji Flat: MIT',
      'Emojibase (names and groups): MIT',
    ]);
    for (const { author, url } of emojiTask.credits) {
      expect(author).not.toBe('');
      expect(new URL(url).protocol).toBe('https:');
    }
  });

  test('judges every attribute, colours by family', () => {
    expect(emojiTask.judged.map(({ attribute }) => attribute)).toEqual(
      emojiTask.prompts.attributes.map(({ name }) => name),
    );
    emojiTask.judged.forEach(({ classes, classOf }, index) => {
      const values = emojiTask.prompts.attributes[index]?.values ?? [];
      const reached = new Set(values.map((_, id) => classOf(id)));
      expect([...reached].sort((a, b) => a - b)).toEqual(
        Array.from({ length: classes }, (_, id) => id),
      );
    });
  });
});

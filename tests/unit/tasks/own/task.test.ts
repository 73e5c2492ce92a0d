import { expect, test } from 'vitest';
import { PhiloxStream } from '../../../../src/graph/philox';
import { parseOwnDefinition } from '../../../../src/tasks/own/definition';
import { OwnImages, splitPictures } from '../../../../src/tasks/own/images';
import { ownTask } from '../../../../src/tasks/own/task';
import { openTask } from '../../../../src/tasks/task';

const attributes = [
  { name: 'shape', title: 'shape', values: ['circle', 'square', 'red'] },
  { name: 'colour', title: 'colour', values: ['red', 'sky blue'] },
];
const teacherOnly = parseOwnDefinition({
  ...{ version: 1, title: 'Shapes', size: 8, attributes, pictures: null },
});
const withPictures = parseOwnDefinition({
  ...teacherOnly,
  pictures: {
    count: 40,
    sha256: '0'.repeat(64),
    shown: [
      [[0, 0], 30],
      [[2, 2], 10],
    ],
  },
});

test('prompts are said in words and understood, every one of them', () => {
  const task = ownTask(teacherOnly);
  for (let shape = 0; shape <= 3; shape++) {
    for (let colour = 0; colour <= 2; colour++) {
      const prompt = [shape, colour];
      expect(task.fromWords(task.toWords(prompt))).toEqual({ prompt, unknown: [] });
    }
  }
  expect(task.toWords([1, 1])).toBe('shape: square, colour: sky blue');
  expect(task.toWords([3, 2])).toBe('anything');
  expect(task.fromWords('Sky Blue, a dog, colour: none, SQUARE')).toEqual({
    prompt: [1, 1],
    unknown: ['a dog', 'colour none'],
  });
});

test('a single attribute is said without its title', () => {
  const [kind] = attributes;
  const task = ownTask(parseOwnDefinition({ ...teacherOnly, attributes: [kind] }));
  expect(task.toWords([2])).toBe('red');
  expect(task.fromWords('red').prompt).toEqual([2]);
});

test('without pictures prompts are uniform, and there are no images', async () => {
  const task = ownTask(teacherOnly);
  const prompts = task.samplePrompts(new PhiloxStream(1, 2, 3), 600);
  for (const id of [0, 1, 2]) {
    const share = prompts.filter(([shape]) => shape === id).length / prompts.length;
    // Six standard errors of a third among 600.
    expect(Math.abs(share - 1 / 3)).toBeLessThan(6 * Math.sqrt(2 / 9 / 600));
  }
  const fetchNothing = () => Promise.reject(new Error('nothing to fetch'));
  expect((await openTask(task, fetchNothing)).images).toBeNull();
});

test('with pictures prompts are as frequent as the pictures show them', () => {
  const prompts = ownTask(withPictures).samplePrompts(new PhiloxStream(1, 2, 3), 800);
  const rare = prompts.filter(([shape]) => shape === 2).length / prompts.length;
  expect(Math.abs(rare - 1 / 4)).toBeLessThan(6 * Math.sqrt(3 / 16 / 800));
  expect(new Set(prompts.map(String))).toEqual(new Set(['0,0', '2,2']));
});

test('a tenth is held out, the same for the same number', () => {
  for (const [count, heldOut] of [
    [8, 1],
    [40, 4],
    [1005, 100],
  ] as const) {
    const split = splitPictures(count);
    expect(split.heldOut).toHaveLength(heldOut);
    const all = [...split.heldOut, ...split.training].sort((a, b) => a - b);
    expect(all).toEqual([...Array(count).keys()]);
    expect(splitPictures(count)).toEqual(split);
  }
});

const COUNT = 20;
/** Picture i is of the one value i in all pixels. */
const pixels = Uint8Array.from({ length: COUNT * 3 * 64 }, (_, at) => Math.floor(at / (3 * 64)));
const prompts = Array.from({ length: COUNT }, (_, index) => [index % 4, 0]);
const OPEN = ownTask(withPictures).prompts.nullPrompt;
const images = new OwnImages({ size: 8, pixels, prompts }, OPEN);
const shownBy = (drawn: Float32Array): number[] =>
  Array.from({ length: drawn.length / 192 }, (_, index) =>
    Math.round(((drawn[index * 192] ?? 0) + 1) * 127.5),
  );

test('pictures are found by what a prompt fixes', () => {
  const found = (prompt: readonly number[]) =>
    [0, 1, 2, 3, 4, 5].map((step) => {
      const image = images.matching(prompt, new PhiloxStream(3, 1, step));
      return image && (shownBy(image)[0] ?? null);
    });
  for (const place of found([1, 0])) expect((place ?? 0) % 4).toBe(1);
  expect(new Set(found([1, 0])).size).toBeGreaterThan(1);
  // Left open, the shape may be any; nothing is of the second colour.
  expect(new Set(found([3, 0]).map((place) => (place ?? 0) % 4)).size).toBeGreaterThan(1);
  expect(found([1, 1])).toEqual(Array(6).fill(null));
});

test('pictures come shuffled, each once before any comes again, with their prompts', () => {
  const training = images.draw(7, 2 * 18, 'training');
  const order = shownBy(training.images);
  const [first, second] = [order.slice(0, 18), order.slice(18)];
  expect(new Set(first).size).toBe(18);
  expect([...second].sort()).toEqual([...first].sort());
  expect(second).not.toEqual(first);
  order.forEach((picture, index) => expect(training.prompts[index]).toEqual(prompts[picture]));
  const heldOut = new Set(shownBy(images.draw(7, 2, 'heldOut').images));
  expect(first.some((picture) => heldOut.has(picture))).toBe(false);
  // Contract of all tasks: more does not change the first, seeds differ, values lie in [-1, 1].
  expect(images.draw(7, 5, 'training').images).toEqual(training.images.slice(0, 5 * 192));
  expect(shownBy(images.draw(8, 18, 'training').images)).not.toEqual(first);
  expect(training.images.every((value) => value >= -1 && value <= 1)).toBe(true);
});

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { PhiloxStream } from '../../../src/graph/philox';
import { findTask, TASKS } from '../../../src/tasks/registry';
import { openImages, type FetchAsset } from '../../../src/tasks/task';
import { readFixture } from '../../support/files';

const readAsset: FetchAsset = (path) => readFixture(`public/${path}`);

test('tasks are found by their ids, which differ', () => {
  expect(new Set(TASKS.map(({ id }) => id)).size).toBe(TASKS.length);
  for (const task of TASKS) expect(findTask(task.id)).toBe(task);
  expect(findTask('dogs')).toBeUndefined();
});

describe.each(TASKS.map((task) => [task.id, task] as const))('%s', (_, task) => {
  test('draws the same bytes for the same seed, each image whatever comes after it', async () => {
    const images = await openImages(task, readAsset);
    const again = await openImages(task, readAsset);
    const values = 3 * task.size ** 2;
    for (const split of ['training', 'heldOut'] as const) {
      const many = images.draw(5, 12, split);
      expect(again.draw(5, 12, split)).toEqual(many);
      const few = images.draw(5, 4, split);
      expect(few.prompts).toEqual(many.prompts.slice(0, 4));
      expect(few.images).toEqual(many.images.slice(0, 4 * values));
      expect(images.draw(6, 12, split).images).not.toEqual(many.images);
      expect(many.images.every((value) => value >= -1 && value <= 1)).toBe(true);
      for (const prompt of many.prompts) {
        expect(task.prompts.check(prompt).some((id, at) => id === task.prompts.anyId(at))).toBe(
          false,
        );
      }
    }
  });

  test('finds images of what prompts fix, the same for the same stream', async () => {
    const images = await openImages(task, readAsset);
    const find = (prompt: readonly number[], step = 0) =>
      images.matching(prompt, new PhiloxStream(4, 1, step));
    for (const prompt of task.samplePrompts(new PhiloxStream(9, 0, 0), 10)) {
      const image = find(prompt);
      expect(image).toHaveLength(3 * task.size ** 2);
      expect(find(prompt)).toEqual(image);
    }
    const open = [...Array(8).keys()].map((step) => find(task.prompts.nullPrompt, step));
    expect(new Set(open.map((image) => image?.join())).size).toBeGreaterThan(6);
  });

  test('says its prompts in words and understands them', () => {
    for (const prompt of task.samplePrompts(new PhiloxStream(9, 0, 0), 50)) {
      expect(task.fromWords(task.toWords(prompt))).toEqual({ prompt, unknown: [] });
    }
    const { nullPrompt } = task.prompts;
    expect(task.fromWords(task.toWords(nullPrompt)).prompt).toEqual(nullPrompt);
  });

  test('is judged by attributes that it has, by every class of them', () => {
    for (const { attribute, classes, classOf } of task.judged) {
      const { values = [] } = task.prompts.attributes[task.prompts.indexOf(attribute)] ?? {};
      const used = new Set(values.map((_value, id) => classOf(id)));
      expect([...used].sort((a, b) => a - b)).toEqual([...Array(classes).keys()]);
    }
  });
});

// What the registry is for: another task is a folder and a line in it.
test('nothing but the registry knows an image task by name', async () => {
  const root = inject('rootDir');
  const folders = TASKS.map(({ id }) => `tasks/${id}/`);
  const all = await readdir(join(root, 'src'), { recursive: true });
  const sources = all.filter(
    (path) => /\.tsx?$/.test(path) && !path.startsWith('tasks/') && !path.startsWith('cli/emoji'),
  );
  expect(sources.length).toBeGreaterThan(200);
  const guilty = [];
  for (const path of sources) {
    const text = await readFile(join(root, 'src', path), 'utf8');
    if (folders.some((folder) => text.includes(folder))) guilty.push(path);
  }
  expect(guilty).toEqual([]);
});

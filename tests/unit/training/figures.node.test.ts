import { expect } from 'vitest';
import { Engine } from '../../../src/graph/engine';
import { parseSafetensors } from '../../../src/interchange/safetensors';
import { readTeacher, uploadTeacher } from '../../../src/lab/teacher';
import { Judge } from '../../../src/metrics/judge';
import { measureTeacher, teacherFiguresSchema } from '../../../src/training/figures';
import { parseRecipe } from '../../../src/training/recipe';
import { findTask } from '../../../src/tasks/registry';
import { openImages } from '../../../src/tasks/task';
import { teacherFile } from '../../../src/training/teacherFile';
import { teacherCard } from '../../../src/cli/teacherCard';
import { KERNEL_CHOICES } from '../../support/evaluate';
import { test } from '../../support/gpu';
import { tinyClassifier } from '../../support/tinyClassifier';
import { TINY, tinyWeights } from '../../support/tinyTeacher';

const task = findTask('avatars');
if (!task) throw new Error('there are no avatars');

test('a teacher is measured at each setting, and its file and card say how', async ({ gpu }) => {
  const [choice] = KERNEL_CHOICES;
  if (!choice) throw new Error('no kernel choice');
  const engine = new Engine(gpu, choice);
  const flat = tinyWeights();
  const judge = await Judge.create(engine, tinyClassifier());
  const images = await openImages(task, () => Promise.reject(new Error('nothing to fetch')));
  const samples = 5;
  const real = images.draw(1, samples, 'heldOut');
  const measure = (guidances: readonly number[]) =>
    measureTeacher(
      { engine, task, real, judge, classifier: 'aa' },
      uploadTeacher(engine, { config: TINY, flat }),
      { samples, seed: 1, eulerSteps: [1, 2], guidances },
    );
  const figures = await measure([1, 3]);
  expect(teacherFiguresSchema.parse(JSON.parse(JSON.stringify(figures)))).toEqual(figures);
  expect(figures.by).toEqual({ task: 'avatars', samples, seed: 1, classifier: 'aa' });
  expect(figures.settings.map(({ eulerSteps, guidance }) => [eulerSteps, guidance])).toEqual([
    [1, 1],
    [1, 3],
    [2, 1],
    [2, 3],
  ]);
  // The same noise and prompts at every setting and every time.
  expect((await measure([3])).settings[1]).toEqual(figures.settings[3]);
  const variances = new Set(figures.settings.map(({ variance }) => variance));
  expect(variances.size).toBe(4);
  judge.destroy();
  engine.destroy();

  const { width, depth, heads, patch } = TINY;
  const recipe = parseRecipe({ task: 'avatars', width, depth, heads, patch, steps: 7, seed: 3 });
  const about = { task, recipe, step: 7, figures, codeVersion: '0.1.0', adapter: 'an adapter' };
  const bytes = teacherFile(TINY, flat, about);
  expect(readTeacher(bytes.buffer).config).toEqual(TINY);
  const { metadata } = parseSafetensors(bytes);
  expect(metadata).toMatchObject({
    ...{ kind: 'teacher', task: 'avatars', seed: '3', steps: '7', licence: 'MIT' },
    ...{ codeVersion: '0.1.0', adapter: 'an adapter', width: '32' },
  });
  expect(parseRecipe(JSON.parse(metadata['recipe'] ?? ''))).toEqual(recipe);
  expect(teacherFiguresSchema.parse(JSON.parse(metadata['figures'] ?? ''))).toEqual(figures);

  const card = teacherCard({ id: 'mine', network: TINY, ...about });
  expect(card).toContain('# Teacher "mine"');
  expect(card).toContain('DiT on 8x8 patches of 16x16 images (4 tokens), width 32, 1 blocks');
  expect(card).toContain('background 8, skin 8');
  expect(card).toContain(
    'npm run teacher -- avatars --steps 7 --width 32 --depth 1 --heads 2 --patch 8 --seed 3',
  );
  expect(card).toContain('5 images a setting');
  expect(card.match(/^\| [12] \| [13] \|/gm)).toHaveLength(4);
  expect(teacherCard({ id: 'mine', network: TINY, ...about, figures: null })).toContain(
    'Not measured.',
  );
});

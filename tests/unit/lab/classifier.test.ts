import { expect } from 'vitest';
import { readClassifier } from '../../../src/lab/classifier';
import { Engine } from '../../../src/graph/engine';
import { Judge } from '../../../src/metrics/judge';
import { promptAccuracy } from '../../../src/metrics/promptAccuracy';
import { ATTRIBUTES } from '../../../src/tasks/avatars/attributes';
import { ClassifierError } from '../../../src/tasks/classifierFile';
import { realAvatars } from '../../../src/tasks/avatars/generator';
import { avatars } from '../../support/avatars';
import { readFixture } from '../../support/files';
import { test } from '../../support/gpu';

/** Of avatars that nothing else draws: neither training nor the card's figures. */
const SEED = 4_242_424;
const COUNT = 600;

test('the classifier that ships is as good as its card says', async ({ gpu }) => {
  const file = readClassifier(avatars, await readFixture(`public/${avatars.classifier}`));
  const { images, prompts } = realAvatars(SEED, COUNT);
  const engine = new Engine(gpu, { matmul: 'blocked', reduce: 'serial' });
  const judge = await Judge.create(engine, file);
  const { logits } = await judge.judge(images);
  judge.destroy();
  engine.destroy();

  const { accuracy } = promptAccuracy(logits, prompts, avatars);
  for (const { attribute, visible } of avatars.judged) {
    const stated = file.accuracy[attribute] ?? NaN;
    const scored = prompts.filter(visible).length;
    // Four standard errors, and half an image for a stated accuracy of all but 1.
    const allowed = 4 * Math.sqrt((stated * (1 - stated)) / scored) + 0.5 / scored;
    const difference = Math.abs((accuracy[attribute] ?? NaN) - stated);
    expect(difference, `${attribute}: ${accuracy[attribute]} of ${stated}`).toBeLessThan(allowed);
  }

  const card = new TextDecoder().decode(
    await readFixture(`public/${avatars.classifier}`.replace('.safetensors', '.md')),
  );
  for (const { name, title, values } of ATTRIBUTES) {
    const classes =
      avatars.judged.find(({ attribute }) => attribute === name)?.classes ?? values.length;
    const percent = (100 * (file.accuracy[name] ?? NaN)).toFixed(1);
    expect(card).toContain(`| ${title} | ${classes} | ${percent} % |`);
  }
});

test('a file that is cut off, or another, is refused with what to do', async () => {
  const whole = await readFixture(`public/${avatars.classifier}`);
  for (const length of [0, 7, 300, whole.byteLength - 1]) {
    const cut = () => readClassifier(avatars, whole.slice(0, length));
    expect(cut, `${length} bytes`).toThrow(ClassifierError);
    expect(cut).toThrow('npm run classifier');
  }
  const teacher = await readFixture('tests/fixtures/tiny-teacher.safetensors');
  expect(() => readClassifier(avatars, teacher)).toThrow(ClassifierError);
  expect(() => readClassifier(avatars, teacher)).toThrow('no classifier of “Avatars”');
  const damaged = whole.slice(0);
  // Past the header: a weight that is no number.
  new DataView(damaged).setFloat32(damaged.byteLength - 4, NaN, true);
  expect(() => readClassifier(avatars, damaged)).toThrow('not finite');
});

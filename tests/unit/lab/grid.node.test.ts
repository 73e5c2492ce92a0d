import { expect } from 'vitest';
import { readTeacher } from '../../../src/lab/teacher';
import { avatarPrompts } from '../../../src/tasks/avatars/attributes';
import { test } from '../../support/gpu';
import { CA_DM, CA_ONLY, runRounds, tinyLab, tinyMaterial } from '../../support/tinyLab';

test('a grid is drawn by every arm and the teacher, and changes for all', async ({ gpu }) => {
  const lab = await tinyLab(gpu, { a: CA_ONLY, b: { ...CA_ONLY, student: { steps: 2 } } });
  expect(lab.gridShape).toEqual([2, 3, 16, 16]);
  // An untrained one-step student is the teacher in one step.
  const begun = await lab.draw('a');
  expect(begun).toHaveLength(2 * 3 * 256);
  expect(await lab.draw('teacherOneStep')).toEqual(begun);
  expect(await lab.draw('b')).not.toEqual(begun);
  expect(await lab.draw('teacherGuided')).not.toEqual(begun);
  // What they are compared with: the teacher in the steps that some student takes, and real images.
  expect(lab.references).toEqual([
    ...['teacherOneStep', 'teacherSteps:2', 'teacherGuided', 'realImages'],
  ]);
  const twoSteps = await lab.draw('teacherSteps:2');
  expect(twoSteps).toHaveLength(begun.length);
  expect(twoSteps).not.toEqual(begun);
  const { images, missing } = lab.real();
  expect(missing).toEqual([]);
  expect(images).toHaveLength(begun.length);
  expect(images.every((value) => value >= -1 && value <= 1)).toBe(true);
  expect(lab.real().images).toEqual(images);
  await runRounds(lab, 1);
  // Asked for at once, by one set of programs: each has its own weights.
  const [a, b, again] = await Promise.all([lab.draw('a'), lab.draw('b'), lab.draw('a')]);
  expect(again).toEqual(a);
  expect(b).not.toEqual(a);
  expect(a).not.toEqual(begun);

  await lab.setGrid({ prompts: [avatarPrompts.nullPrompt], seed: 7 });
  expect(lab.gridShape).toEqual([1, 3, 16, 16]);
  expect(await lab.draw('a')).toHaveLength(3 * 256);
  await expect(lab.draw('z')).rejects.toThrow('no arm "z"');
  await lab.destroy();
});

test('a picture can be looked into, with and without a critic', async ({ gpu }) => {
  const lab = await tinyLab(gpu, { a: CA_ONLY, b: CA_DM });
  await runRounds(lab, 2);
  const [without, with_] = [await lab.inspect('a', 1, 0.5), await lab.inspect('b', 1, 0.5)];
  expect(without.shape).toEqual([1, 3, 16, 16]);
  expect(without.gen).toEqual((await lab.draw('a')).slice(3 * 256));
  expect([without.fakeCond, without.dm]).toEqual([null, null]);
  expect(with_.fakeCond).toHaveLength(3 * 256);
  expect(with_.dmNorms?.[0]).toBeGreaterThan(0);
  await expect(lab.inspect('a', 2, 0.5)).rejects.toThrow('no sample 2');
  await expect(lab.inspect('a', 0, 1.5)).rejects.toThrow(RangeError);
  await lab.destroy();
});

test('looks that were asked for come before the networks of their arm go', async ({ gpu }) => {
  const lab = await tinyLab(gpu, { a: CA_ONLY, b: CA_DM });
  await runRounds(lab, 1);
  const before = await lab.inspect('b', 0, 0.5);
  const looks = Promise.all([lab.inspect('b', 0, 0.5), lab.inspect('b', 0, 0.5)]);
  await lab.removeArm('b');
  expect(await looks).toEqual([before, before]);
  await lab.destroy();
});

test('a student is exported as a network that can be read', async ({ gpu }) => {
  const lab = await tinyLab(gpu, { a: CA_ONLY });
  const { flat } = tinyMaterial(gpu).teacher;
  const file = await lab.exportStudent('a', 'raw');
  expect(readTeacher(file.buffer).flat).toEqual(flat);
  await runRounds(lab, 1);
  const [raw, average] = [
    readTeacher((await lab.exportStudent('a', 'raw')).buffer).flat,
    readTeacher((await lab.exportStudent('a', 'average')).buffer).flat,
  ];
  expect(raw).not.toEqual(flat);
  // The average moves by a hundredth of what the weights do.
  const far = (x: Float32Array) =>
    x.reduce((most, value, i) => Math.max(most, Math.abs(value - (flat[i] ?? NaN))), 0);
  expect(far(average)).toBeLessThan(0.02 * far(raw));
  expect(far(average)).toBeGreaterThan(0);
  await lab.destroy();
});

import { describe, expect } from 'vitest';
import { ditLayout } from '../../../src/models/dit/parameters';
import { test } from '../../support/gpu';
import { armSpec, CA_DM, CA_ONLY, runRounds, stateOf, tinyLab } from '../../support/tinyLab';
import { TINY } from '../../support/tinyTeacher';

/** Bytes of one copy of a network's parameters. */
const NETWORK_BYTES = 4 * ditLayout(TINY).size;

describe('an arm', () => {
  test('trains the same alone and beside others that come, change, are copied and go', async ({
    gpu,
  }) => {
    const solo = await tinyLab(gpu, { a: CA_DM });
    const alone = await runRounds(solo, 6);

    const lab = await tinyLab(gpu, { a: CA_DM, b: CA_ONLY });
    const together = [await runRounds(lab, 2)];
    await lab.addArm(armSpec('c', { ...CA_DM, guidanceScale: 2 }));
    together.push(await runRounds(lab, 1));
    await lab.configureArm('b', armSpec('b', CA_DM).config);
    await lab.addArm(armSpec('d', CA_DM), 'a');
    together.push(await runRounds(lab, 1));
    await lab.removeArm('c');
    lab.renameArm('b', 'another name');
    together.push(await runRounds(lab, 2));

    const figuresOf = (id: string) => together.flatMap((part) => part.get(id) ?? []);
    expect(figuresOf('a')).toEqual(alone.get('a'));
    expect(await stateOf(lab, 'a')).toEqual(await stateOf(solo, 'a'));
    // The copy went on as its original, which it left after three iterations.
    expect(figuresOf('d')).toEqual(alone.get('a')?.slice(3));
    expect(await stateOf(lab, 'd')).toEqual(await stateOf(lab, 'a'));
    // A newcomer's first iterations are those that anybody's would have been.
    expect(figuresOf('c').map(({ iteration }) => iteration)).toEqual([1, 2]);
    expect(figuresOf('c')[0]?.imageMean).toBe(alone.get('a')?.[0]?.imageMean);

    const { arms } = lab.record();
    expect(arms.map(({ id, name }) => [id, name])).toEqual([
      ['a', 'a'],
      ['b', 'another name'],
      ['d', 'd'],
    ]);
    expect(arms[1]?.changes.map(({ iteration }) => iteration)).toEqual([0, 3]);
    expect(arms[1]?.changes[1]?.config).toEqual(lab.arms[1]?.config);
    expect(arms[2]?.figures).toEqual(arms[0]?.figures);
    expect(arms[2]?.tauHistograms).toEqual(arms[0]?.tauHistograms);
    await solo.destroy();
    await lab.destroy();
  });

  test('is copied while rounds are under way, at the iteration of its model', async ({ gpu }) => {
    const lab = await tinyLab(gpu, { a: CA_DM });
    const rounds = [lab.iterate(), lab.iterate()];
    await rounds[0];
    const copied = lab.addArm(armSpec('b', CA_DM), 'a');
    await Promise.all([...rounds, lab.iterate()]);
    await copied;
    const [a, b] = lab.arms;
    expect(b?.iteration).toBe(a?.iteration);
    await runRounds(lab, 2);
    const figures = lab.record().arms.map((arm) => arm.figures);
    expect(figures[0]).toHaveLength(5);
    expect(figures[1]).toEqual(figures[0]);
    await lab.destroy();
  });

  test('counts an iteration when it is submitted, before its figures are there', async ({
    gpu,
  }) => {
    const lab = await tinyLab(gpu, { a: CA_ONLY });
    const round = lab.iterate();
    await lab.submitted;
    expect(lab.arms[0]?.iteration).toBe(1);
    expect(lab.record().arms[0]?.figures).toEqual([]);
    await round;
    expect(lab.record().arms[0]?.figures).toHaveLength(1);
    await lab.destroy();
  });

  test('holds no network that it does not need', async ({ gpu }) => {
    const lab = await tinyLab(gpu, { a: CA_ONLY });
    const before = lab.memoryBytes;
    await lab.addArm(armSpec('b', CA_ONLY));
    // Student, average, gradient and two moments; the small rest are prompts and figures.
    const student = lab.memoryBytes - before;
    expect(student).toBeGreaterThanOrEqual(5 * NETWORK_BYTES);
    expect(student).toBeLessThan(5.5 * NETWORK_BYTES);
    await lab.addArm(armSpec('c', CA_DM));
    const { tensors } = (await stateOf(lab, 'b')) ?? {};
    expect([...(tensors?.keys() ?? [])].filter((name) => !name.startsWith('student'))).toEqual([]);
    expect(lab.memoryBytes - before - student).toBeGreaterThan(9 * NETWORK_BYTES);
    await lab.destroy();
  });

  test('ends with the configuration that was asked for last, however long one takes', async ({
    gpu,
  }) => {
    const lab = await tinyLab(gpu, { a: CA_ONLY });
    const { config } = armSpec('a', { ...CA_ONLY, guidanceScale: 2 });
    // The first plans and compiles the programs of DM and the critic; the second needs nothing new.
    const slow = lab.configureArm('a', armSpec('a', CA_DM).config);
    await Promise.all([slow, lab.configureArm('a', config)]);
    expect(lab.arms[0]?.config).toEqual(config);
    await lab.destroy();
  });

  test('is not copied from one that went meanwhile, which would be all zeros', async ({ gpu }) => {
    const lab = await tinyLab(gpu, { a: CA_ONLY, b: CA_ONLY });
    const before = lab.memoryBytes;
    const copied = lab.addArm(armSpec('c', CA_DM), 'a');
    await Promise.all([expect(copied).rejects.toThrow('no arm "a"'), lab.removeArm('a')]);
    expect(lab.arms.map(({ id }) => id)).toEqual(['b']);
    expect(lab.memoryBytes).toBeLessThan(before);
    await lab.destroy();
  });

  test('refuses what cannot be', async ({ gpu }) => {
    const lab = await tinyLab(gpu, { a: CA_ONLY });
    await expect(lab.addArm(armSpec('a', CA_ONLY))).rejects.toThrow('must have different ids');
    await expect(lab.removeArm('z')).rejects.toThrow('no arm "z"');
    expect(() => lab.renameArm('a', ' ')).toThrow('must not be empty');
    expect(lab.arms.map(({ id }) => id)).toEqual(['a']);
    await lab.destroy();
  });
});

import { describe, expect } from 'vitest';
import { ConfigError } from '../../../../src/distill/config';
import { readCheckpoint, writeCheckpoint } from '../../../../src/lab/checkpoint';
import { parseArmConfig } from '../../../../src/lab/config';
import { parseEvaluationOptions } from '../../../../src/lab/evaluationOptions';
import { Lab, type LabMaterial } from '../../../../src/lab/lab';
import { readTeacher } from '../../../../src/lab/teacher';
import { evaluationsCsv } from '../../../../src/lab/recordCsv';
import { openTask } from '../../../../src/tasks/task';
import { ownTeacherFile } from '../../../support/ownTeacher';
import { test } from '../../../support/gpu';
import type { Gpu } from '../../../../src/gpu/gpu';
import {
  armSpec,
  CA_DM,
  CA_ONLY,
  runRounds,
  tinyLab,
  tinyMaterial,
} from '../../../support/tinyLab';

const ownMaterial = async (gpu: Gpu): Promise<LabMaterial> => {
  const teacher = readTeacher(ownTeacherFile().buffer);
  const task = await openTask(teacher.task, () => Promise.reject(new Error('nothing to fetch')));
  return {
    ...tinyMaterial(gpu),
    teacher,
    task,
    grid: {
      prompts: [
        [0, 1],
        [3, 2],
      ],
      seed: 7,
    },
  };
};

describe('a lab of a teacher without images or classifier', () => {
  test('trains, measures pixels alone, and goes on from its checkpoint', async ({ gpu }) => {
    const material = await ownMaterial(gpu);
    const evaluation = parseEvaluationOptions({ every: 0, samples: 8 });
    const lab = await tinyLab(gpu, { both: CA_DM, spear: CA_ONLY }, { ...material, evaluation });
    const [first] = (await runRounds(lab, 2)).get('both') ?? [];
    expect(first?.imageVariance).toBeGreaterThan(0);
    expect(lab.targets).toBeNull();
    expect(lab.references).toEqual(['teacherOneStep', 'teacherGuided']);
    expect(() => lab.real()).toThrow('no real images');
    const row = await lab.evaluate('both');
    expect(row).toMatchObject({
      ...{ accuracy: null, meanAccuracy: null, frechetReal: null, frechetGuided: null },
      ...{ coverage: null, density: null },
    });
    expect(row?.variance).toBeGreaterThan(0);
    expect(row?.spectrum.every(Number.isFinite)).toBe(true);
    expect(lab.gridShape).toEqual([2, 3, 8, 8]);
    await lab.settled();
    const record = lab.record();
    expect(record.task).toBe(material.task.id);
    const names = record.references.map(({ name }) => name);
    expect(names).toHaveLength(2);
    expect(names.filter((name) => name.startsWith('Real'))).toEqual([]);
    expect(evaluationsCsv(record).split('\n')[0]).toContain('variance');

    const bytes = writeCheckpoint(await lab.checkpoint());
    const other = await Lab.restore(material, readCheckpoint(bytes));
    expect(await runRounds(other, 1)).toEqual(await runRounds(lab, 1));
    await lab.destroy();
    await other.destroy();
  });

  test('refuses terms that compare with real images, and stays as it was', async ({ gpu }) => {
    const material = await ownMaterial(gpu);
    const gan = { terms: { gan: { enabled: true } } };
    const meanVariance = { terms: { meanVariance: { enabled: true } } };
    await expect(tinyLab(gpu, { a: gan }, material)).rejects.toThrow(ConfigError);
    const lab = await tinyLab(gpu, { a: CA_ONLY }, material);
    await expect(lab.configureArm('a', parseArmConfig(meanVariance))).rejects.toThrow(
      /Mean-variance compares with real images/,
    );
    await expect(lab.addArm(armSpec('b', gan))).rejects.toThrow(/A GAN compares/);
    expect(lab.arms.map(({ id, config }) => [id, config.terms.meanVariance.enabled])).toEqual([
      ['a', false],
    ]);
    expect((await runRounds(lab, 1)).get('a')).toHaveLength(1);
    await lab.destroy();
  });
});

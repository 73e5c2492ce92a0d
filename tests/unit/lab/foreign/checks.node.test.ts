import { describe, expect } from 'vitest';
import { loadNodeRuntime } from '../../../../src/cli/onnxRuntime';
import type { Gpu } from '../../../../src/gpu/gpu';
import type { ForeignChecks } from '../../../../src/lab/foreign/checks';
import { openForeignSession } from '../../../../src/lab/foreign/session';
import { parseForeignSpec, type ForeignTeacherSpecInput } from '../../../../src/lab/foreign/spec';
import { imagesOf, type OpenTask } from '../../../../src/tasks/task';
import {
  examineForeign,
  openForeignTeacher,
  type ForeignRequest,
} from '../../../../src/training/foreignTeacher';
import { parseForeignStart } from '../../../../src/training/foreignStart';
import { KERNEL_CHOICES } from '../../../support/evaluate';
import { foreignSpec, MANNERS, plainFile, type MannerId } from '../../../support/foreignFile';
import { test } from '../../../support/gpu';
import { TINY_TASK, tinyImages } from '../../../support/tinyTeaching';

const [choice] = KERNEL_CHOICES;
if (!choice) throw new Error('no kernel choice');

const task: OpenTask = { ...TINY_TASK, images: tinyImages };

/** Opens the perfect teacher of plain images, described as `changes` say. */
const withPlain = async <Result>(
  gpu: Gpu,
  id: MannerId,
  changes: Partial<ForeignTeacherSpecInput>,
  work: (request: ForeignRequest) => Promise<Result>,
): Promise<Result> => {
  const file = plainFile(id).buffer;
  const session = await openForeignSession(file, loadNodeRuntime);
  const spec = parseForeignSpec({ ...foreignSpec(id, task.prompts), ...changes });
  try {
    return await work({ gpu, choice, task, file, session, spec });
  } finally {
    await session.destroy();
  }
};

const check = (
  gpu: Gpu,
  id: MannerId,
  changes: Partial<ForeignTeacherSpecInput> = {},
): Promise<ForeignChecks> => withPlain(gpu, id, changes, examineForeign);

describe('a teacher that knows every image of its task', () => {
  for (const id of Object.keys(MANNERS) as MannerId[]) {
    test(`is found right when it gives ${id} as described`, async ({ gpu }) => {
      const { errors, guidance, images, shape, warnings } = await check(gpu, id);
      expect(warnings).toEqual([]);
      expect(errors[MANNERS[id].spec.prediction]).toBeLessThan(1e-6);
      expect(guidance).toBeGreaterThan(0.05);
      expect(shape).toEqual([8, 3, 8, 8]);
      // Its samples are the very images that their prompts name.
      const { images: real } = imagesOf(task).draw(0, 8, 'heldOut');
      images.forEach((value, index) => expect(value).toBeCloseTo(real[index] ?? NaN, 1));
    });
  }

  test('is suspected where it is described wrongly', async ({ gpu }) => {
    const asClean = await check(gpu, 'velocity', { prediction: 'clean' });
    expect(asClean.warnings[0]).toContain('fits velocity (clean - noise) (error 0 %) better');
    // Whatever the prompt is, it hears "any".
    const deaf = await check(gpu, 'velocity', {
      condition: {
        kind: 'vectors',
        attribute: 'blue',
        vectors: [
          [3, 2],
          [3, 2],
          [3, 2],
        ],
      },
    });
    expect(deaf.guidance).toBe(0);
    expect(deaf.warnings.join(' ')).toContain('CA would be nothing');
    // Told that pure noise is clean, this one divides by 0.
    const backwards = check(gpu, 'velocity', { time: { kind: 'linear', noise: 1, clean: 0 } });
    await expect(backwards).rejects.toThrow(/not finite.*exchange its times/);
  });
});

describe('a start by imitation', () => {
  test('comes near the teacher', async ({ gpu }) => {
    const start = parseForeignStart({
      ...{ width: 32, depth: 1, heads: 2, patch: 4 },
      ...{ steps: 120, batch: 16, learningRate: 4e-3 },
    });
    await withPlain(gpu, 'velocity', {}, async (request) => {
      const errors: number[] = [];
      const teacher = await openForeignTeacher(request, start, {
        onStep: (_done, error) => errors.push(error),
      });
      expect(errors).toHaveLength(120);
      // A network that predicts nothing has an error of 1.
      expect(errors[0]).toBeCloseTo(1, 1);
      expect(teacher.foreign?.imitation.error).toBeLessThan(0.7);
      expect(teacher.config.height).toBe(8);
    });
  });
});

import { randomNormal } from '../../graph/ops/random';
import type { ArmMemory } from '../arm';
import { guidedStep } from '../guidedStep';
import { staged, unstaged, type StagedSpec } from '../staged';
import { STREAMS } from '../streams';
import { random } from './draws';

/** Euler steps of the teacher's samples that a student may start from. */
export const TEACHER_STEPS = 8;

/**
 * Samples of the guided teacher for the prompts and the noise of an update: the first program once,
 * then the second at each of TEACHER_STEPS Euler times. A student that starts from them is trained
 * at t > 0 on the teacher's images, renoised, but at inference meets its own earlier predictions:
 * the mismatch that backward simulation removes. At t = 0 there is no difference.
 */
export const teacherStart = ({
  teacher,
  teacherSamples,
  rows,
}: ArmMemory): { readonly noise: () => StagedSpec; readonly advance: () => StagedSpec } => ({
  noise: () =>
    unstaged({
      name: 'noise of teacher samples',
      assign: [
        {
          variable: teacherSamples,
          value: randomNormal(teacherSamples.shape, random(STREAMS.initialNoise)),
        },
      ],
    }),
  advance: () =>
    staged(teacher, (ask) => ({
      name: 'teacher sampling',
      assign: [
        { variable: teacherSamples, value: guidedStep({ ask, images: teacherSamples, rows }) },
      ],
    })),
});

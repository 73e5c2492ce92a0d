import type { Memory } from '../graph/memory';
import { PhiloxStream } from '../graph/philox';
import { elementCount } from '../graph/shape';
import type { Variable } from '../graph/tensor';
import { headLayout, initialHead } from '../models/discriminator';
import type { ArmMemory } from './arm';
import { STREAMS, type NetworkId } from './streams';

/** The part of a variable from element `offset` on, `size` elements long. */
const part = (of: Variable, offset: number, size: number): Variable => ({
  name: of.name,
  shape: [size],
  dtype: of.dtype,
  window: { of, offset },
});

const clear = (memory: Memory, variable: Variable): void => {
  memory.write(variable, new Float32Array(elementCount(variable.shape)));
};

/** Puts the teacher's weights beside the critic's, where both are asked as one. */
export const placeTeacher = (memory: Memory, { teacher, scores }: ArmMemory): void => {
  if (scores) memory.copy(teacher.parameters.flat, scores.network('teacher').flat);
};

/**
 * Makes a network as new, also where it was in training: a copy of the teacher (a discriminator's
 * trunk, with a head drawn from the run's seed), as is a student's average, and an optimizer that
 * has seen nothing.
 */
export const makeNetwork = (
  memory: Memory,
  arm: ArmMemory,
  network: NetworkId,
  seed: number,
): void => {
  const teacher = arm.teacher.parameters.flat;
  const { parameters, average, firstMoment, secondMoment } = arm.networks[network];
  if (network === 'discriminator') {
    const trunk = elementCount(teacher.shape);
    const { featureWidth: width } = arm.teacher.backbone;
    const head = part(parameters.flat, trunk, headLayout(width).size);
    memory.copy(teacher, part(parameters.flat, 0, trunk));
    memory.write(head, initialHead(width, new PhiloxStream(seed, STREAMS.discriminatorHead, 0)));
  } else {
    memory.copy(teacher, parameters.flat);
  }
  if (network === 'critic') placeTeacher(memory, arm);
  if (average) memory.copy(teacher, average.flat);
  clear(memory, firstMoment);
  clear(memory, secondMoment);
};

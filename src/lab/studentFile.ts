import type { Trainer } from '../distill/trainer';
import type { Engine } from '../graph/engine';
import { writeSafetensors } from '../interchange/safetensors';
import { ditMetadata, type DitConfig } from '../models/dit/config';
import { unflattenParameters } from '../models/parameters';

/** Which of a student's weights: as trained, or their moving average. */
export type StudentWeights = 'raw' | 'average';

/** The parameters of a trainer's student; without an average, the raw ones. */
export const studentParameters = ({ student }: Trainer, weights: StudentWeights) =>
  weights === 'average' ? (student.average ?? student.parameters) : student.parameters;

/** A student as a safetensors file, with its configuration as metadata. */
export const studentFile = async (
  engine: Engine,
  network: DitConfig,
  trainer: Trainer,
  weights: StudentWeights,
): Promise<Uint8Array<ArrayBuffer>> => {
  const { config, iteration } = trainer;
  const parameters = studentParameters(trainer, weights);
  const flat = await engine.memory.read(parameters.flat);
  const tensors = [...unflattenParameters(parameters.layout, flat)].map(([name, tensor]) => ({
    name,
    ...tensor,
  }));
  return writeSafetensors(tensors, {
    ...ditMetadata(network),
    role: 'student',
    weights,
    iteration: String(iteration),
    config: JSON.stringify(config),
  });
};

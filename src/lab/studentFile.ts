import { z } from 'zod';
import { parseConfig, type DistillConfig } from '../distill/config';
import type { Trainer } from '../distill/trainer';
import type { Engine } from '../graph/engine';
import { parseSafetensors, writeSafetensors } from '../interchange/safetensors';
import { ditConfigFromMetadata, ditMetadata, type DitConfig } from '../models/dit/config';
import { ditLayout } from '../models/dit/parameters';
import { flattenParameters, unflattenParameters } from '../models/parameters';
import { TASKS } from '../tasks/registry';
import type { ImageTask } from '../tasks/task';
import { WEIGHTS_LICENCE } from './licence';
import { CODE_VERSION } from './version';
import { reasonOf } from '../interchange/reason';

/** Which of a student's weights: as trained, or their moving average. */
export const STUDENT_WEIGHTS = ['raw', 'average'] as const;
export type StudentWeights = (typeof STUDENT_WEIGHTS)[number];

/** The parameters of a trainer's student; without an average, the raw ones. */
export const studentParameters = ({ student }: Trainer, weights: StudentWeights) =>
  weights === 'average' ? (student.average ?? student.parameters) : student.parameters;

/** A student and how it came to be: what its files hold. */
export interface Student {
  readonly task: ImageTask;
  readonly network: DitConfig;
  /** As `ditLayout(network)` has them. */
  readonly flat: Float32Array<ArrayBuffer>;
  readonly weights: StudentWeights;
  /** Updates that it was trained. */
  readonly iteration: number;
  readonly config: DistillConfig;
}

/** The student of a trainer as it is now, read from the GPU. */
export const readTrainee = async (
  engine: Engine,
  task: ImageTask,
  network: DitConfig,
  trainer: Trainer,
  weights: StudentWeights,
): Promise<Student> => {
  const { config, iteration } = trainer;
  const flat = await engine.memory.read(studentParameters(trainer, weights).flat);
  return { task, network, flat, weights, iteration, config };
};

/** A student as a safetensors file, with its configuration as metadata. */
export const studentFile = (student: Student): Uint8Array<ArrayBuffer> => {
  const { task, network, flat, weights, iteration, config } = student;
  const tensors = unflattenParameters(ditLayout(network), flat);
  return writeSafetensors(
    [...tensors].map(([name, tensor]) => ({ name, ...tensor })),
    {
      ...ditMetadata(network),
      role: 'student',
      task: task.id,
      weights,
      iteration: String(iteration),
      config: JSON.stringify(config),
      licence: WEIGHTS_LICENCE,
      codeVersion: CODE_VERSION,
    },
  );
};

/** A file that is no student; the message says what is wrong with it. */
export class StudentError extends Error {
  override readonly name = 'StudentError';
}

/** Students of the first version name no task: theirs is the one that has their attributes. */
const taskOf = (id: string | undefined, network: DitConfig): ImageTask => {
  const attributes = JSON.stringify(network.attributes);
  const task = TASKS.find(
    (known) =>
      (id ?? known.id) === known.id && attributes === JSON.stringify(known.prompts.valueCounts),
  );
  if (task) return task;
  throw new StudentError(
    id === undefined
      ? 'This student knows attributes that no task has.'
      : `This student is of the task “${id}”, which is not known here or has other attributes now.`,
  );
};

const metadataSchema = z.object({
  role: z.literal('student', 'the file is no student'),
  weights: z.enum(STUDENT_WEIGHTS),
  iteration: z.coerce.number().int().nonnegative(),
  config: z.string(),
});

/** Reads a student from a safetensors file. Throws StudentError. */
export const readStudent = (file: ArrayBuffer): Student => {
  try {
    const { metadata, tensors } = parseSafetensors(file);
    const { config, iteration, weights } = metadataSchema.parse(metadata);
    const network = ditConfigFromMetadata(metadata);
    return {
      task: taskOf(metadata['task'], network),
      network,
      flat: flattenParameters(ditLayout(network), tensors),
      weights,
      iteration,
      config: parseConfig(JSON.parse(config)),
    };
  } catch (error) {
    if (error instanceof StudentError) throw error;
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : reasonOf(error);
    throw new StudentError(
      `The student cannot be read: ${reason} Give a file that npm run distill or the page has written.`,
      { cause: error },
    );
  }
};

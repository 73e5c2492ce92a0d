import { MAX_CRITIC_UPDATES } from './config';
import { variable, type Variable } from '../graph/tensor';
import { discriminatorLayout } from '../models/discriminator';
import { ParameterRow } from '../models/parameters';
import { declareFigures, figureVariables, type FigureMemory } from './figures';
import { declareTrainee, traineeVariables, type Teacher, type Trainee } from './networks';
import type { NetworkId } from './streams';

/** What the critic learns from in an iteration: images of the student, and their prompts. */
export interface CriticBatch {
  /** Updates whose images are made in one pass, one after another along the first axis. */
  readonly updates: number;
  /** Prompts, i32 (updates * B, A). */
  readonly rows: Variable;
  /** Images of the student (updates * B, ...). */
  readonly images: Variable;
}

/**
 * Memory of one arm that its programs share. All of it is only declared: what no program uses is
 * never allocated.
 */
export interface ArmMemory {
  readonly teacher: Teacher;
  /** Images per update. */
  readonly batch: number;
  readonly networks: Readonly<Record<NetworkId, Trainee>>;
  /**
   * The teacher's weights and the critic's as one, so that both are asked in one batch; null where the
   * teacher is no such network, or where two are more than a buffer holds.
   */
  readonly scores: ParameterRow<'teacher' | 'critic'> | null;
  /** Prompts of this update, i32 (B, A). */
  readonly rows: Variable;
  /** Batches of the critic's updates, by their number less one. */
  readonly criticBatches: readonly CriticBatch[];
  /** Real images of this update of the discriminator (B, ...). */
  readonly realImages: Variable;
  /** Samples of the guided teacher from which the student starts (B, ...). */
  readonly teacherSamples: Variable;
  readonly figures: FigureMemory;
}

/** Elements of the largest buffer that WebGPU promises to bind: 128 MiB. */
const MOST_BOUND = 2 ** 25;

/** Declares the memory of an arm that trains on `batch` images an update. */
export const declareArm = (teacher: Teacher, batch: number): ArmMemory => {
  const { backbone } = teacher;
  const { layout } = backbone;
  const samples = [batch, ...backbone.sampleShape];
  const isAlike = teacher.isBackbone === true && typeof teacher.velocity === 'function';
  const mayPair = isAlike && 2 * layout.size <= MOST_BOUND;
  const rows = variable('prompts', [batch, backbone.promptRows], 'i32');
  const scores = mayPair ? new ParameterRow(['teacher', 'critic'], layout) : null;
  return {
    teacher,
    batch,
    networks: {
      student: declareTrainee('student', layout, true),
      critic: declareTrainee('critic', layout, false, scores?.network('critic')),
      discriminator: declareTrainee('discriminator', discriminatorLayout(backbone), false),
    },
    scores,
    rows,
    criticBatches: Array.from({ length: MAX_CRITIC_UPDATES }, (_, index) =>
      declareCriticBatch(index + 1, rows, samples),
    ),
    realImages: variable('real images', samples),
    teacherSamples: variable('teacher samples', samples),
    figures: declareFigures(samples),
  };
};

/** A batch of one update has the prompts of that update. */
const declareCriticBatch = (
  updates: number,
  rows: Variable,
  [batch = 1, ...sample]: readonly number[],
): CriticBatch => ({
  updates,
  rows:
    updates === 1
      ? rows
      : variable(`prompts of ${updates} updates`, [updates * batch, rows.shape[1] ?? 1], 'i32'),
  images: variable(`images of ${updates} updates`, [updates * batch, ...sample]),
});

/** All memory of an arm, to be freed together; the teacher's is not its own. */
export const armVariables = ({
  networks,
  scores,
  rows,
  criticBatches,
  realImages,
  teacherSamples,
  figures,
}: ArmMemory): Variable[] => [
  ...Object.values(networks).flatMap(traineeVariables),
  ...(scores ? [scores.flat] : []),
  rows,
  ...criticBatches.flatMap((one) => [...(one.rows === rows ? [] : [one.rows]), one.images]),
  realImages,
  teacherSamples,
  ...figureVariables(figures),
];

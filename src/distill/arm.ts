import { variable, type Variable } from '../graph/tensor';
import { discriminatorLayout } from '../models/discriminator';
import { ParameterPair } from '../models/parameters';
import { declareFigures, figureVariables, type FigureMemory } from './figures';
import { declareTrainee, traineeVariables, type Teacher, type Trainee } from './networks';
import type { NetworkId } from './streams';

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
  readonly scores: ParameterPair | null;
  /** Prompts of this update, i32 (B, A). */
  readonly rows: Variable;
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
  const scores = mayPair ? new ParameterPair('teacher', 'critic', layout) : null;
  return {
    teacher,
    batch,
    networks: {
      student: declareTrainee('student', layout, true),
      critic: declareTrainee('critic', layout, false, scores?.second),
      discriminator: declareTrainee('discriminator', discriminatorLayout(backbone), false),
    },
    scores,
    rows: variable('prompts', [batch, backbone.promptRows], 'i32'),
    realImages: variable('real images', samples),
    teacherSamples: variable('teacher samples', samples),
    figures: declareFigures(samples),
  };
};

/** All memory of an arm, to be freed together; the teacher's is not its own. */
export const armVariables = ({
  networks,
  scores,
  rows,
  realImages,
  teacherSamples,
  figures,
}: ArmMemory): Variable[] => [
  ...Object.values(networks).flatMap(traineeVariables),
  ...(scores ? [scores.flat] : []),
  rows,
  realImages,
  teacherSamples,
  ...figureVariables(figures),
];

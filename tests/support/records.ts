import { parseLabConfig, type LabConfigInput } from '../../src/lab/config';
import { parseEvaluationOptions } from '../../src/lab/evaluationOptions';
import {
  TAU_BINS,
  type ArmRecord,
  type EvaluationRow,
  type FigureRow,
  type RunRecord,
} from '../../src/lab/record';

/** A row of figures in which nothing but the variance was computed. */
export const figureRow = (iteration: number, figures: Partial<FigureRow> = {}): FigureRow => ({
  iteration,
  caNorm: null,
  dmNorm: null,
  meanVarianceNorm: null,
  ganNorm: null,
  updateCosine: null,
  criticLoss: null,
  discriminatorLoss: null,
  discriminatorAccuracy: null,
  imageMean: 0,
  imageVariance: 0.25,
  ...figures,
});

/** An evaluation of middling images. */
export const evaluationRow = (
  iteration: number,
  measured: Partial<EvaluationRow> = {},
): EvaluationRow => ({
  iteration,
  accuracy: { hat: 0.9 },
  meanAccuracy: 0.8,
  allRight: 0.3,
  frechetReal: 300,
  frechetGuided: 200,
  coverage: 0.5,
  density: 0.8,
  mean: 0,
  variance: 0.25,
  saturation: 0.01,
  spectrum: [0.2, 0.1, 0.05, 0.03, 0.02, 0.01, 0.01, 0.01, 0.01, 0.001, 0.001, 0.001],
  ...measured,
});

export interface SyntheticArm {
  readonly id: string;
  readonly name?: string;
  /** Variance of each iteration, from 1 on. */
  readonly variances: readonly number[];
  readonly evaluations?: readonly EvaluationRow[];
  readonly halted?: string;
}

/** An arm that never ran. */
export const armRecord = ({
  id,
  name = id,
  variances,
  evaluations = [],
  halted,
}: SyntheticArm): ArmRecord => {
  const [spec] = parseLabConfig({ arms: [{ id, name }] }).arms;
  if (!spec) throw new Error('a lab without arms');
  const none = (): number[] => Array.from({ length: TAU_BINS }, () => 0);
  return {
    ...spec,
    changes: [{ iteration: 0, config: spec.config }],
    status: halted === undefined ? 'training' : 'halted',
    ...(halted !== undefined && {
      halt: { iteration: variances.length + 1, reason: halted, advice: 'Train it with DM.' },
    }),
    figures: variances.map((imageVariance, index) => figureRow(index + 1, { imageVariance })),
    evaluations: [...evaluations],
    tauHistograms: { ca: none(), dm: none(), gan: none() },
    snapshots: [],
  };
};

/** A record of arms that never ran. */
export const runRecord = (
  arms: readonly SyntheticArm[],
  lab: Omit<LabConfigInput, 'arms'> = {},
  changes: Partial<RunRecord> = {},
): RunRecord => {
  const records = arms.map(armRecord);
  return {
    version: 2,
    experiment: null,
    codeVersion: '0.1.0',
    created: '2025-01-01T00:00:00.000Z',
    adapter: 'no adapter',
    task: 'avatars',
    teacher: { id: 'none', sha256: '00' },
    config: parseLabConfig({
      ...lab,
      arms: records.map(({ id, name, config }) => ({ id, name, config })),
    }),
    evaluation: parseEvaluationOptions(),
    arms: records,
    references: [],
    votes: [],
    ...changes,
  };
};

/** `count` values that `of` gives for 0 to count - 1. */
export const series = (count: number, of: (index: number) => number): number[] =>
  Array.from({ length: count }, (_, index) => of(index));

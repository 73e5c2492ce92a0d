import { broadcastTo, concat, slice } from '../graph/ops/views';
import { variable, type Tensor, type Variable } from '../graph/tensor';
import { discriminatorLogits } from '../models/discriminator';
import type { DitConfig } from '../models/dit/config';
import { ditVelocity } from '../models/dit/dit';
import { ParameterSet, type ParameterLayout } from '../models/parameters';
import { cleanPrediction } from '../flow/cleanPrediction';

/** A frozen teacher: sizes, weights, and the rows of its null prompt. */
export interface Teacher {
  readonly config: DitConfig;
  readonly parameters: ParameterSet;
  /** Rows of the attribute table for "any" everywhere, i32 (1, A). */
  readonly nullRows: Variable;
}

/** A network in training, with everything that its optimizer keeps. */
export interface Trainee {
  readonly parameters: ParameterSet;
  readonly gradient: ParameterSet;
  readonly firstMoment: Variable;
  readonly secondMoment: Variable;
  /** Moving average of the parameters, for students. */
  readonly average?: ParameterSet;
}

/** Declares the memory of a network in training. */
export const declareTrainee = (
  name: string,
  layout: ParameterLayout,
  average: boolean,
): Trainee => ({
  parameters: new ParameterSet(name, layout),
  gradient: new ParameterSet(`${name}.gradient`, layout),
  firstMoment: variable(`${name}.firstMoment`, [layout.size]),
  secondMoment: variable(`${name}.secondMoment`, [layout.size]),
  ...(average && { average: new ParameterSet(`${name}.average`, layout) }),
});

/** All memory of a trainee, to be freed together. */
export const traineeVariables = (trainee: Trainee): Variable[] => [
  trainee.parameters.flat,
  trainee.gradient.flat,
  trainee.firstMoment,
  trainee.secondMoment,
  ...(trainee.average ? [trainee.average.flat] : []),
];

/** What training has made of a network, by the names of a checkpoint. */
export const learnedVariables = (trainee: Trainee): [string, Variable][] => [
  ['parameters', trainee.parameters.flat],
  ...(trainee.average ? [['average', trainee.average.flat] satisfies [string, Variable]] : []),
  ['firstMoment', trainee.firstMoment],
  ['secondMoment', trainee.secondMoment],
];

/** A question to a network: images x (B, ...) at noise levels tau (B) under prompts (B, A). */
export interface Point {
  readonly x: Tensor;
  readonly tau: Tensor;
  readonly rows: Tensor;
}

/** Clean predictions of one network at several points, evaluated as a single batch. */
export const cleanPredictions = (
  config: DitConfig,
  parameters: ParameterSet,
  points: readonly Point[],
): Tensor[] => {
  if (points.length === 0) return [];
  const velocity = ditVelocity(config, parameters, {
    x: concat(
      points.map((point) => point.x),
      0,
    ),
    t: concat(
      points.map((point) => point.tau),
      0,
    ),
    rows: concat(
      points.map((point) => point.rows),
      0,
    ),
  });
  let start = 0;
  return points.map(({ x, tau }) => {
    const size = x.shape[0] ?? 1;
    const part = slice(velocity, 0, start, size);
    start += size;
    return cleanPrediction(x, tau, part);
  });
};

/** One row of a prompt table for each of `batch` images. */
export const repeatRows = (rows: Tensor, batch: number): Tensor =>
  broadcastTo(rows, [batch, rows.shape[1] ?? 1]);

/** Logits (B) of a discriminator at a point; positive means "real". */
export const discriminate = (
  config: DitConfig,
  parameters: ParameterSet,
  { x, tau, rows }: Point,
): Tensor => discriminatorLogits(config, parameters, parameters, { x, t: tau, rows });

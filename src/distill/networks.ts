import { broadcastTo, concat, slice } from '../graph/ops/views';
import { variable, type Tensor, type Variable } from '../graph/tensor';
import type { OutsideVelocity } from './outside';
import type { Backbone, Velocity } from '../models/backbone';
import { discriminatorLogits } from '../models/discriminator';
import { ParameterSet, type ParameterLayout } from '../models/parameters';
import { cleanPrediction } from '../flow/cleanPrediction';

/** A frozen teacher, and the kind of network that is taught. */
export interface Teacher {
  /** Of its students, critics and discriminators. */
  readonly backbone: Backbone;
  /** What these begin as copies of. */
  readonly parameters: ParameterSet;
  /**
   * What it predicts itself: in the graph (the backbone with these parameters, or a formula), or
   * outside of it, by a network that another runtime evaluates.
   */
  readonly velocity: Velocity | OutsideVelocity;
  /** Set where a velocity in the graph is the backbone's with these parameters. */
  readonly isBackbone?: true;
  /** The null prompt ("any" everywhere) as rows, i32 (1, A). */
  readonly nullRows: Variable;
}

/** A teacher that predicts in the graph. */
export interface InGraphTeacher extends Teacher {
  readonly velocity: Velocity;
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

/** Declares the memory of a network in training; its parameters may be part of other memory. */
export const declareTrainee = (
  name: string,
  layout: ParameterLayout,
  average: boolean,
  parameters = new ParameterSet(name, layout),
): Trainee => ({
  parameters,
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

/** Where to ask a network: samples x (B, ...) at noise levels tau (B) under prompts (B, A). */
export interface Point {
  readonly x: Tensor;
  readonly tau: Tensor;
  readonly rows: Tensor;
}

/** Several points as one. */
const together = (points: readonly Point[]): Point => ({
  x: concat(
    points.map(({ x }) => x),
    0,
  ),
  tau: concat(
    points.map(({ tau }) => tau),
    0,
  ),
  rows: concat(
    points.map(({ rows }) => rows),
    0,
  ),
});

const sizesOf = (points: readonly Point[]): number[] => points.map(({ x }) => x.shape[0] ?? 1);

/** Velocities at several points, evaluated as a single batch. */
export const velocitiesAt = (velocity: Velocity, points: readonly Point[]): Tensor[] => {
  if (points.length === 0) return [];
  const { x, tau, rows } = together(points);
  return split(velocity({ x, t: tau, rows }), sizesOf(points));
};

/** A batch in parts of these sizes. */
export const split = (all: Tensor, sizes: readonly number[]): Tensor[] => {
  let start = 0;
  return sizes.map((size) => {
    const part = slice(all, 0, start, size);
    start += size;
    return part;
  });
};

/** Clean predictions at several points, evaluated as a single batch. */
export const cleanPredictions = (velocity: Velocity, points: readonly Point[]): Tensor[] => {
  if (points.length === 0) return [];
  const { x, tau, rows } = together(points);
  return split(cleanPrediction(x, tau, velocity({ x, t: tau, rows })), sizesOf(points));
};

/** The clean predictions that velocities at points stand for. */
export const cleanFrom = (
  points: readonly Pick<Point, 'x' | 'tau'>[],
  velocities: readonly Tensor[],
): Tensor[] =>
  velocities.map((velocity, index) => {
    const point = points[index];
    if (!point) throw new RangeError('A velocity belongs to a point.');
    return cleanPrediction(point.x, point.tau, velocity);
  });

/** One prompt's rows for each of `batch` samples. */
export const repeatRows = (rows: Tensor, batch: number): Tensor =>
  broadcastTo(rows, [batch, rows.shape[1] ?? 1]);

/** Logits (B) of a discriminator at a point; positive means "real". */
export const discriminate = (
  backbone: Backbone,
  parameters: ParameterSet,
  { x, tau, rows }: Point,
): Tensor => discriminatorLogits(backbone, parameters, parameters, { x, t: tau, rows });

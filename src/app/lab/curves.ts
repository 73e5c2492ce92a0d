import type { ArmId } from '../../lab/config';
import type { EvaluationRow } from '../../lab/record';
import type { MetricsPoint } from '../../worker/protocol/reports';
import type { Column } from './columns';
import { Series } from './series';

/** The figures of training that are drawn as curves. */
export const TRAINING_FIGURES = [
  'caNorm',
  'dmNorm',
  'meanVarianceNorm',
  'ganNorm',
  'updateCosine',
  'criticLoss',
  'discriminatorLoss',
  'discriminatorAccuracy',
  'imageMean',
  'imageVariance',
] as const satisfies readonly (keyof MetricsPoint)[];

/** The measurements that are drawn as curves. */
export const MEASURED_FIGURES = [
  'meanAccuracy',
  'allRight',
  'frechetReal',
  'frechetGuided',
  'coverage',
  'density',
  'saturation',
] as const satisfies readonly (keyof EvaluationRow)[];

export type TrainingFigure = (typeof TRAINING_FIGURES)[number];
export type MeasuredFigure = (typeof MEASURED_FIGURES)[number];
export type Figure = TrainingFigure | MeasuredFigure;

/** The newest figures of an arm, unaveraged. */
export type Latest = Readonly<Partial<Record<Figure, number | null>>>;

interface ArmCurves {
  readonly training: Series<TrainingFigure>;
  readonly measured: Series<MeasuredFigure>;
  /** Energy by spatial frequency at the last measurement. */
  spectrum: readonly number[];
}

/** The curves of a run's arms. Lives outside React, which is handed rows now and then. */
export class RunCurves {
  readonly #arms = new Map<ArmId, ArmCurves>();
  #iteration = 0;

  /** The furthest arm's last iteration, 0 before the first. */
  get iteration(): number {
    return this.#iteration;
  }

  /** Adds what is new of an arm, in the order of its iterations. */
  push(arm: ArmId, points: readonly MetricsPoint[], evaluations: readonly EvaluationRow[]): void {
    const curves = this.#curvesOf(arm);
    const { training, measured } = curves;
    training.push(points.map((values) => ({ iteration: values.iteration, values })));
    measured.push(evaluations.map((values) => ({ iteration: values.iteration, values })));
    curves.spectrum = evaluations.at(-1)?.spectrum ?? curves.spectrum;
    this.#iteration = Math.max(this.#iteration, points.at(-1)?.iteration ?? 0);
  }

  /** Forgets the curves of all arms but these. */
  keep(arms: readonly ArmId[]): void {
    for (const id of [...this.#arms.keys()]) if (!arms.includes(id)) this.#arms.delete(id);
  }

  /** The newest figures of every arm. */
  latest(): Record<ArmId, Latest> {
    return Object.fromEntries(
      [...this.#arms].map(([id, { training, measured }]) => [
        id,
        { ...pick(TRAINING_FIGURES, training), ...pick(MEASURED_FIGURES, measured) },
      ]),
    );
  }

  /** The arms that were trained. */
  get trained(): readonly ArmId[] {
    return [...this.#arms].flatMap(([id, { training }]) => (training.latest === null ? [] : [id]));
  }

  /** An arm's curves as they stand, under the keys of `owner`. */
  columnsOf(arm: ArmId, owner: string): [key: string, column: Column][] {
    const curves = this.#arms.get(arm);
    return curves ? [...curves.training.columns(owner), ...curves.measured.columns(owner)] : [];
  }

  /** All curves as they stand. */
  columns(): [key: string, column: Column][] {
    return [...this.#arms.keys()].flatMap((id) => this.columnsOf(id, id));
  }

  /** The spectrum of every arm that was measured, at its last measurement. */
  spectra(): Record<ArmId, readonly number[]> {
    return Object.fromEntries(
      [...this.#arms].flatMap(([id, { spectrum }]) =>
        spectrum.length > 0 ? [[id, spectrum]] : [],
      ),
    );
  }

  #curvesOf(arm: ArmId): ArmCurves {
    const known = this.#arms.get(arm);
    if (known) return known;
    const curves: ArmCurves = {
      training: new Series(TRAINING_FIGURES),
      measured: new Series(MEASURED_FIGURES),
      spectrum: [],
    };
    this.#arms.set(arm, curves);
    return curves;
  }
}

const pick = <Name extends Figure>(names: readonly Name[], series: Series<Name>): Latest => {
  const values = series.latest?.values;
  return values === undefined ? {} : Object.fromEntries(names.map((name) => [name, values[name]]));
};

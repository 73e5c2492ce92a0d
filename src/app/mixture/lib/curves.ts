import type { MixtureFigures } from '../../../worker/mixture/protocol';
import { chartRows, curveKey, type ChartRow } from '../../lab/rows';
import { Series } from '../../lab/series';

/** The figures that are drawn as curves. */
const CURVES = [
  'spread',
  'divergence',
  'caNorm',
  'dmNorm',
  'meanVarianceNorm',
  'ganNorm',
  'updateCosine',
  'criticLoss',
] as const satisfies readonly (keyof MixtureFigures)[];

export type CurveName = (typeof CURVES)[number];

const OWNER = 'student';

/** Where a chart row has the value of a figure. */
export const planeKey = (name: CurveName): string => curveKey(OWNER, name);

/** The curves of a run, in fixed memory. */
export class PlaneCurves {
  readonly #series = new Series(CURVES);

  push(figures: MixtureFigures): void {
    this.#series.push([{ iteration: figures.iteration, values: figures }]);
  }

  rows(): ChartRow[] {
    return chartRows(new Map([[OWNER, this.#series]]));
  }
}

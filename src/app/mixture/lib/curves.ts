import type { MixtureFigures } from '../../../worker/mixture/protocol';
import { curveKey, type Columns } from '../../lab/columns';
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

/** The curve of a figure. */
export const planeKey = (name: CurveName): string => curveKey(OWNER, name);

/** The curves of a run. */
export class PlaneCurves {
  readonly #series = new Series(CURVES);

  push(figures: MixtureFigures): void {
    this.#series.push([{ iteration: figures.iteration, values: figures }]);
  }

  columns(): Columns {
    return new Map(this.#series.columns(OWNER));
  }
}

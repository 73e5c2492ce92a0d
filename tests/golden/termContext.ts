import type { Point } from '../../src/distill/networks';
import type { TermContext } from '../../src/distill/terms/term';
import { constant, type Tensor } from '../../src/graph/tensor';

/** What a term of the golden file's update may ask for; anything else is an error. */
interface Given {
  readonly point?: Point;
  readonly discriminate?: TermContext['discriminate'];
  readonly statistics?: TermContext['statistics'];
}

const notGiven = (what: string) => (): never => {
  throw new RangeError(`This term was not given ${what}.`);
};

/** The context of a term with weight 1 that looks at `gen`. */
export const termContext = (
  gen: Tensor,
  { point, discriminate, statistics }: Given,
): TermContext => ({
  gen,
  point: point ? () => point : notGiven('a point'),
  predictions: {
    teacherCond: notGiven('predictions'),
    teacherUncond: notGiven('predictions'),
    criticCond: notGiven('predictions'),
  },
  discriminate: discriminate ?? notGiven('a discriminator'),
  statistics: statistics ?? { mean: constant(NaN), variance: constant(NaN), over: 'values' },
  guidanceScale: constant(1),
  weight: constant(1),
  normalise: constant(0),
});

import { ditConfigSchema, tokenCount, type DitConfig } from '../../src/models/dit/config';

/** What grows while all else stays. */
export const AXES = ['arms', 'batch', 'width', 'tokens'] as const;
export type Axis = (typeof AXES)[number];

/** A lab of so many arms of one network, whose every arm trains on `batch` images an update. */
export type LabSize = Readonly<Record<Axis, number>>;

/** What is measured: values of each axis, and the batch where it is not the batch that grows. */
export interface GrowthPlan {
  readonly batch: number;
  readonly repetitions: number;
  readonly values: Readonly<Record<Axis, readonly number[]>>;
}

const ARMS = [1, 2, 4, 8];
const WIDTHS = [64, 128, 192, 256];
const TOKENS = [4, 16, 64];

/** As suits the adapter: a processor that stands in for a GPU needs about three minutes for its own. */
export const PLANS: Readonly<Record<'hardware' | 'software', GrowthPlan>> = {
  hardware: {
    batch: 64,
    repetitions: 20,
    values: { arms: ARMS, batch: [4, 16, 64, 256], width: WIDTHS, tokens: TOKENS },
  },
  software: {
    batch: 4,
    repetitions: 5,
    values: { arms: ARMS, batch: [4, 16, 64], width: WIDTHS, tokens: TOKENS },
  },
};

/** The labs along one axis: a single arm of the teacher's own sizes, but for what grows. */
export const sizesAlong = (axis: Axis, { batch, values }: GrowthPlan, own: DitConfig): LabSize[] =>
  values[axis].map((value) => ({
    arms: 1,
    batch,
    width: own.width,
    tokens: tokenCount(own),
    [axis]: value,
  }));

/** The patch that cuts an image into so many tokens. Throws a RangeError where none does. */
const patchFor = ({ height, imageWidth }: DitConfig, tokens: number): number => {
  const patch = Math.sqrt((height * imageWidth) / tokens);
  const fits = Number.isInteger(patch) && height % patch === 0 && imageWidth % patch === 0;
  if (!fits) throw new RangeError(`No square patch makes ${tokens} tokens of an image.`);
  return patch;
};

/** The network of a lab: as many features a head as its teacher's, whatever the width. */
export const networkOf = ({ width, tokens }: LabSize, own: DitConfig): DitConfig =>
  ditConfigSchema.parse({
    ...own,
    width,
    heads: (own.heads * width) / own.width,
    patch: patchFor(own, tokens),
  });

/**
 * The power p of values^p that costs follow from the first value to the last: 1 where twice the value
 * costs twice as much.
 */
export const powerOf = (values: readonly number[], costs: readonly number[]): number =>
  Math.log((costs.at(-1) ?? NaN) / (costs[0] ?? NaN)) /
  Math.log((values.at(-1) ?? NaN) / (values[0] ?? NaN));

import { multiply, square } from '../graph/ops/pointwise';
import { meanAndVariance, sum } from '../graph/ops/reduce';
import { concat, reshape } from '../graph/ops/views';
import type { Assignment } from '../graph/plan/program';
import { elementCount, type Shape } from '../graph/shape';
import { tensorSize, variable, type Tensor, type Variable } from '../graph/tensor';
import type { DistillConfig, TauTermId, TermId } from './config';
import {
  criticUpdates,
  discriminatorUpdates,
  enabledTerms,
  pointOwner,
  TAU_TERM_IDS,
  TERM_IDS,
} from './terms/registry';

/** Root mean square of each term's weighted update Delta (dL/dx_gen = -Delta / n). */
type TermNorms = { readonly [Id in TermId as `${Id}Norm`]: number | null };

/** Figures of one iteration. Null: not computed, because nothing that is switched on needs it. */
export interface IterationFigures extends TermNorms {
  readonly iteration: number;
  /** Cosine between the updates of CA and DM over the whole batch; null unless both are there. */
  readonly updateCosine: number | null;
  /** Mean flow-matching loss over this iteration's critic updates. */
  readonly criticLoss: number | null;
  /** Mean loss over this iteration's discriminator updates, its R1 penalty included. */
  readonly discriminatorLoss: number | null;
  /** Share of logits on the right side of 0 (real above, fake below), over the same updates. */
  readonly discriminatorAccuracy: number | null;
  /** Mean of the batch's values, and mean unbiased variance of an image (points: of a coordinate). */
  readonly imageMean: number;
  readonly imageVariance: number;
  /** The noise levels that this update drew (batch), by term, as the GPU drew them. */
  readonly taus: Readonly<Partial<Record<TauTermId, Float32Array<ArrayBuffer>>>>;
}

/** Where the programs of an iteration leave their figures. */
export interface FigureMemory {
  /** Values of all images of an update. */
  readonly count: number;
  /** Sums of squares of each enabled term's update, then the inner product of CA and DM. */
  readonly sums: Variable;
  /** [mean of images, variance of images]. */
  readonly statistics: Variable;
  readonly taus: Readonly<Record<TauTermId, Variable>>;
  /** Mean loss so far (1). */
  readonly critic: Variable;
  /** Mean loss and accuracy so far (2). */
  readonly discriminator: Variable;
}

/** Declares the figures of updates of `images` (B, C, H, W). */
export const declareFigures = (images: Shape): FigureMemory => {
  const tau = (id: TauTermId) => variable(`tau of ${id}`, [images[0] ?? 1]);
  return {
    count: elementCount(images),
    sums: variable('sums over updates', [TERM_IDS.length + 1]),
    statistics: variable('image statistics', [2]),
    taus: { ca: tau('ca'), dm: tau('dm'), gan: tau('gan') },
    critic: variable('critic figures', [1]),
    discriminator: variable('discriminator figures', [2]),
  };
};

export const figureVariables = (memory: FigureMemory): Variable[] => [
  memory.sums,
  memory.statistics,
  ...Object.values(memory.taus),
  memory.critic,
  memory.discriminator,
];

/** The values of several tensors of one shape (B, ...), each summed: one reduction for all. */
const sums = (values: readonly Tensor[]): Tensor => {
  const bySample = values.map((value) => reshape(value, [1, value.shape[0] ?? 1, -1]));
  return sum(sum(concat(bySample, 0), [2]), [1]);
};

/**
 * What the student's update leaves behind: sums over its terms' updates, statistics, taus. `groups`:
 * x_gen by what each mean and variance is taken over.
 */
export const studentFigures = (
  memory: FigureMemory,
  groups: Tensor,
  deltas: ReadonlyMap<TermId, Tensor>,
  taus: ReadonlyMap<TauTermId, Tensor>,
): Assignment[] => {
  const { mean, variance } = meanAndVariance(groups);
  const statistics = multiply(sums([mean, variance]), 1 / tensorSize(mean));
  const [ca, dm] = [deltas.get('ca'), deltas.get('dm')];
  const products = [
    ...[...deltas.values()].map((delta) => square(delta)),
    ...(ca && dm ? [multiply(ca, dm)] : []),
  ];
  return [
    { variable: memory.statistics, value: statistics },
    ...(products.length > 0
      ? [{ variable: firstOf(memory.sums, products.length), value: sums(products) }]
      : []),
    ...[...taus].map(([id, value]) => ({ variable: memory.taus[id], value })),
  ];
};

const firstOf = (of: Variable, count: number): Variable => ({
  ...of,
  shape: [count],
  window: { of, offset: 0 },
});

const tauTerms = (config: DistillConfig): TauTermId[] =>
  TAU_TERM_IDS.filter((id) => config.terms[id].enabled);

const tauOwner = (config: DistillConfig, id: TauTermId): TauTermId =>
  TAU_TERM_IDS.find((other) => other === pointOwner(config, id)) ?? id;

/** The variables that an iteration of `config` writes, to be read back. */
export const figuresToRead = (memory: FigureMemory, config: DistillConfig): Variable[] => [
  memory.statistics,
  ...(enabledTerms(config).length > 0 ? [memory.sums] : []),
  ...new Set(tauTerms(config).map((id) => memory.taus[tauOwner(config, id)])),
  ...(criticUpdates(config) > 0 ? [memory.critic] : []),
  ...(discriminatorUpdates(config) > 0 ? [memory.discriminator] : []),
];

/** The figures of iteration `iteration` (from 1) out of the values that it left behind. */
export const decodeFigures = (
  memory: FigureMemory,
  config: DistillConfig,
  iteration: number,
  values: ReadonlyMap<Variable, Float32Array<ArrayBuffer>>,
): IterationFigures => {
  const at = (from: Variable, index: number): number => values.get(from)?.[index] ?? NaN;
  const terms = enabledTerms(config);
  const norm = (id: TermId): number | null => {
    const index = terms.indexOf(id);
    return index < 0 ? null : Math.sqrt(at(memory.sums, index) / memory.count);
  };
  const [caNorm, dmNorm] = [norm('ca'), norm('dm')];
  const inner = at(memory.sums, terms.length) / memory.count;
  const critic = criticUpdates(config) > 0;
  const discriminator = discriminatorUpdates(config) > 0;
  return {
    iteration,
    caNorm,
    dmNorm,
    meanVarianceNorm: norm('meanVariance'),
    ganNorm: norm('gan'),
    updateCosine: caNorm && dmNorm ? inner / (caNorm * dmNorm) : null,
    criticLoss: critic ? at(memory.critic, 0) : null,
    discriminatorLoss: discriminator ? at(memory.discriminator, 0) : null,
    discriminatorAccuracy: discriminator ? at(memory.discriminator, 1) : null,
    imageMean: at(memory.statistics, 0),
    imageVariance: at(memory.statistics, 1),
    taus: Object.fromEntries(
      tauTerms(config).flatMap((id) => {
        const taus = values.get(memory.taus[tauOwner(config, id)]);
        return taus ? [[id, taus]] : [];
      }),
    ),
  };
};

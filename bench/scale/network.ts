import { initialWeights } from '../../src/training/initialWeights';
import type { DitConfig } from '../../src/models/dit/config';

/** A network that the bench trains: its sizes, and weights in the engine's own order. */
export interface BenchNetwork {
  readonly name: string;
  readonly config: DitConfig;
  readonly flat: Float32Array<ArrayBuffer>;
}

const SEED = 1;
/** Twice as wide has four times the weights in every matrix, and heads as wide as before. */
const WIDER = 2;

/** A teacher of four times the size; what it draws is no matter, only what it costs. */
export const fourfold = (config: DitConfig): BenchNetwork => {
  const wider = { ...config, width: WIDER * config.width, heads: WIDER * config.heads };
  return { name: 'four times as large', config: wider, flat: initialWeights(wider, SEED) };
};

import { PhiloxStream } from '../graph/philox';
import { elementCount } from '../graph/shape';
import type { DitConfig } from '../models/dit/config';
import { ditLayout } from '../models/dit/parameters';
import { STREAMS } from './streams';

/** Standard deviation of embeddings and of the MLP of the time. */
const SMALL = 0.02;

/** Zero, so that every block begins as the identity and the network predicts nothing (adaLN-zero). */
const isZero = (name: string): boolean =>
  name.endsWith('.bias') || name.includes('modulation') || name.startsWith('final.');

const isSmall = (name: string): boolean =>
  name === 'posEmbed' || name.startsWith('attrEmbed.') || name.startsWith('timeEmbed.');

/**
 * Weights that a DiT begins with (Peebles and Xie 2023, "Scalable diffusion models with
 * transformers"): Xavier-uniform matrices, U[-a, a] with a = sqrt(6 / (in + out)); embeddings and
 * the MLP of the time N(0, 0.02^2); biases, modulations and the final layer zero. As `ditLayout`
 * arranges them; the seed alone determines them.
 */
export const initialWeights = (config: DitConfig, seed: number): Float32Array<ArrayBuffer> => {
  const layout = ditLayout(config);
  const random = new PhiloxStream(seed, STREAMS.weights, 0);
  const flat = new Float32Array(layout.size);
  for (const [name, { shape, offset }] of layout.entries) {
    if (isZero(name)) continue;
    const [outputs = 1, inputs = 1] = shape;
    const bound = Math.sqrt(6 / (inputs + outputs));
    const draw = isSmall(name)
      ? () => SMALL * random.normal()
      : () => bound * (2 * random.uniform() - 1);
    for (let index = 0; index < elementCount(shape); index++) flat[offset + index] = draw();
  }
  return flat;
};

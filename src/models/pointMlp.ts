import { embeddingSum } from '../graph/ops/embedding';
import { linear } from '../graph/ops/linear';
import { add, multiply, silu } from '../graph/ops/pointwise';
import { timeEmbedding } from '../graph/ops/timeEmbedding';
import { concat, reshape } from '../graph/ops/views';
import type { PhiloxStream } from '../graph/philox';
import { elementCount, refuseShapes } from '../graph/shape';
import type { Tensor } from '../graph/tensor';
import type { Backbone, NetworkInput } from './backbone';
import { layoutParameters, type ParameterLayout, type Weights } from './parameters';

/** A small network of points in the plane. */
export interface PointMlpConfig {
  /** Classes that a point may have; "any" comes on top. */
  readonly classes: number;
  /** Units of a hidden layer. */
  readonly width: number;
  /** Hidden layers, one at least. */
  readonly depth: number;
}

/** Coordinates of a point. */
export const PLANE = 2;

/** Frequencies of the time embedding: with the point itself 12 inputs, a multiple of 4. */
const TIME_FREQUENCIES = 5;
/**
 * Times are scaled before they are embedded, so that the fastest sine turns 2.5 times from noise to
 * clean (f = 16): what a velocity in the plane depends on is smooth in time.
 */
const TIME_SCALE = 16 / 1000;

const INPUTS = PLANE + 2 * TIME_FREQUENCIES;

/** Parameters of a point network. */
export const pointMlpLayout = ({ classes, width, depth }: PointMlpConfig): ParameterLayout => {
  const layer = (name: string, from: number, to: number) => [
    { name: `${name}.weight`, shape: [to, from] },
    { name: `${name}.bias`, shape: [to] },
  ];
  return layoutParameters([
    { name: 'classEmbed.weight', shape: [classes + 1, width] },
    ...Array.from({ length: depth }, (_, index) =>
      layer(`hidden.${index}`, index === 0 ? INPUTS : width, width),
    ).flat(),
    ...layer('output', width, PLANE),
  ]);
};

/** Variance of SiLU(z) of a normal z is about 0.36: what keeps activations from layer to layer. */
const SILU_GAIN = 1.6;

/**
 * A new network as the flat array of `pointMlpLayout`: weights normal with variance 1 / inputs, times
 * SILU_GAIN^2 where these come out of a SiLU; the class embedding standard normal; biases zero.
 */
export const initialPointMlp = (
  config: PointMlpConfig,
  random: PhiloxStream,
): Float32Array<ArrayBuffer> => {
  const layout = pointMlpLayout(config);
  const flat = new Float32Array(layout.size);
  for (const [name, { shape, offset }] of layout.entries) {
    if (name.endsWith('.bias')) continue;
    const gain = name === 'hidden.0.weight' ? 1 : SILU_GAIN;
    const size = name === 'classEmbed.weight' ? 1 : gain / Math.sqrt(shape[1] ?? 1);
    for (let i = 0; i < elementCount(shape); i++) flat[offset + i] = size * random.normal();
  }
  return flat;
};

/**
 * Activations of the last hidden layer (B, width), of points x (B, 2) at times t (B) under rows
 * (B, 1), a class or `classes` for "any":
 *   h_1 = SiLU(W_1 [x, sinusoid(t)] + b_1 + E[row]),  h_(k+1) = SiLU(W_(k+1) h_k + b_(k+1)).
 * Throws ShapeError for anything but points.
 */
const hidden = (
  { depth }: PointMlpConfig,
  parameters: Weights,
  { x, t, rows }: NetworkInput,
): Tensor => {
  if (x.shape.length !== 2 || x.shape[1] !== PLANE) {
    refuseShapes('pointMlp', [x.shape], 'needs points (B, 2)');
  }
  const p = (name: string) => parameters.tensor(name);
  const layer = (index: number, input: Tensor): Tensor =>
    linear(input, p(`hidden.${index}.weight`), p(`hidden.${index}.bias`));
  const time = timeEmbedding(multiply(t, TIME_SCALE), TIME_FREQUENCIES);
  const first = layer(0, concat([x, time], 1));
  let h = silu(add(first, embeddingSum(p('classEmbed.weight'), rows)));
  for (let index = 1; index < depth; index++) h = silu(layer(index, h));
  return h;
};

/** Points as a backbone: a velocity W h + b, and h as the one token that a discriminator sees. */
export const pointMlpBackbone = (config: PointMlpConfig): Backbone => ({
  layout: pointMlpLayout(config),
  sampleShape: [PLANE],
  promptRows: 1,
  statistics: 'batch',
  velocity: (parameters) => (input) =>
    linear(
      hidden(config, parameters, input),
      parameters.tensor('output.weight'),
      parameters.tensor('output.bias'),
    ),
  features: (parameters) => (input) => {
    const h = hidden(config, parameters, input);
    return reshape(h, [h.shape[0] ?? 1, 1, config.width]);
  },
  featureWidth: config.width,
  isUnusedByFeatures: (name) => name.startsWith('output'),
});

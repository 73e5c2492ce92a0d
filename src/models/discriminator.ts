import { layerNorm } from '../graph/ops/layerNorm';
import { linear } from '../graph/ops/linear';
import { silu } from '../graph/ops/pointwise';
import { mean } from '../graph/ops/reduce';
import { reshape } from '../graph/ops/views';
import type { Tensor } from '../graph/tensor';
import type { Backbone, NetworkInput } from './backbone';
import type { PhiloxStream } from '../graph/philox';
import { elementCount } from '../graph/shape';
import { layoutParameters, type ParameterLayout, type ParameterSet } from './parameters';

/** Parameters of the head: two layers on the mean token. */
export const headLayout = (width: number): ParameterLayout =>
  layoutParameters([
    { name: 'head.fc1.weight', shape: [width, width] },
    { name: 'head.fc1.bias', shape: [width] },
    { name: 'head.fc2.weight', shape: [1, width] },
    { name: 'head.fc2.bias', shape: [1] },
  ]);

/** Trunk (the backbone, as in its own layout and first) and head as one network. */
export const discriminatorLayout = (backbone: Backbone): ParameterLayout => {
  const [trunk, head] = [backbone.layout, headLayout(backbone.featureWidth)];
  return {
    entries: new Map([
      ...trunk.entries,
      ...[...head.entries].map(
        ([name, { shape, offset }]) => [name, { shape, offset: trunk.size + offset }] as const,
      ),
    ]),
    groups: trunk.groups,
    size: trunk.size + head.size,
    count: trunk.count + head.count,
  };
};

/** Standard deviation of a new head's last weights times sqrt(width): logits that begin near 0. */
const LAST_WEIGHTS = 0.1;

/**
 * A new head, as the flat array of `headLayout`: weights normal with standard deviation
 * 1 / sqrt(width) and 0.1 / sqrt(width), biases zero.
 */
export const initialHead = (width: number, random: PhiloxStream): Float32Array<ArrayBuffer> => {
  const layout = headLayout(width);
  const flat = new Float32Array(layout.size);
  for (const [name, size] of [
    ['head.fc1.weight', 1],
    ['head.fc2.weight', LAST_WEIGHTS],
  ] as const) {
    const { shape, offset } = layout.entries.get(name) ?? { shape: [0], offset: 0 };
    for (let i = 0; i < elementCount(shape); i++) {
      flat[offset + i] = (size * random.normal()) / Math.sqrt(width);
    }
  }
  return flat;
};

/**
 * Logits (B) of a discriminator on renoised samples: a backbone's features, then LN, mean over
 * tokens, a layer with SiLU and a linear unit. Positive means "real".
 */
export const discriminatorLogits = (
  backbone: Backbone,
  trunk: ParameterSet,
  head: ParameterSet,
  input: NetworkInput,
): Tensor => {
  const pooled = mean(layerNorm(backbone.features(trunk)(input)), [1]);
  const hidden = silu(linear(pooled, head.tensor('head.fc1.weight'), head.tensor('head.fc1.bias')));
  const logits = linear(hidden, head.tensor('head.fc2.weight'), head.tensor('head.fc2.bias'));
  return reshape(logits, [logits.shape[0] ?? 1]);
};

import { layerNorm } from '../graph/ops/layerNorm';
import { silu } from '../graph/ops/pointwise';
import { mean } from '../graph/ops/reduce';
import { reshape } from '../graph/ops/views';
import type { Tensor } from '../graph/tensor';
import type { DitConfig } from './dit/config';
import { ditFeatures, type DitInput } from './dit/dit';
import { linear } from './layers';
import { layoutParameters, type ParameterLayout, type ParameterSet } from './parameters';

/** Parameters of the head: two layers on the mean token. */
export const headLayout = (width: number): ParameterLayout =>
  layoutParameters([
    { name: 'head.fc1.weight', shape: [width, width] },
    { name: 'head.fc1.bias', shape: [width] },
    { name: 'head.fc2.weight', shape: [1, width] },
    { name: 'head.fc2.bias', shape: [1] },
  ]);

/**
 * Logits (B) of a discriminator on renoised images: a DiT trunk, then LN, mean over tokens, a
 * layer with SiLU and a linear unit. Positive means "real".
 */
export const discriminatorLogits = (
  config: DitConfig,
  trunk: ParameterSet,
  head: ParameterSet,
  input: DitInput,
): Tensor => {
  const pooled = mean(layerNorm(ditFeatures(config, trunk, input)), [1]);
  const hidden = silu(linear(pooled, head.tensor('head.fc1.weight'), head.tensor('head.fc1.bias')));
  const logits = linear(hidden, head.tensor('head.fc2.weight'), head.tensor('head.fc2.bias'));
  return reshape(logits, [logits.shape[0] ?? 1]);
};

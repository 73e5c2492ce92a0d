import { attention } from '../../graph/ops/attention';
import { embeddingSum } from '../../graph/ops/embedding';
import { linear } from '../../graph/ops/linear';
import { modulate } from '../../graph/ops/modulate';
import { addParameter } from '../../graph/ops/perPart';
import { add, gelu, multiply, silu } from '../../graph/ops/pointwise';
import { timeEmbedding } from '../../graph/ops/timeEmbedding';
import { reshape, slice } from '../../graph/ops/views';
import type { Tensor } from '../../graph/tensor';
import type { NetworkInput } from '../backbone';
import { patchify, unpatchify } from '../layers';
import type { Weights } from '../parameters';
import { TIME_FREQUENCIES, type DitConfig } from './config';
import { ATTRIBUTE_TABLE, MODULATION_BIAS, MODULATION_WEIGHT } from './parameters';

/** Modulation vectors of all blocks: (B, 6 D a block + 2 D), cut out as (B, 1, D). */
type Modulation = (index: number) => Tensor;

/** c = SiLU(MLP(sinusoid(t)) + sum of attribute embeddings), then every block's modulation. */
const modulations = (
  config: DitConfig,
  parameters: Weights,
  { t, rows }: NetworkInput,
): Modulation => {
  const p = (name: string) => parameters.tensor(name);
  const e = timeEmbedding(t, TIME_FREQUENCIES);
  const hidden = silu(linear(e, p('timeEmbed.fc1.weight'), p('timeEmbed.fc1.bias')));
  const time = linear(hidden, p('timeEmbed.fc2.weight'), p('timeEmbed.fc2.bias'));
  const c = silu(add(time, embeddingSum(p(ATTRIBUTE_TABLE), rows)));
  const all = linear(c, p(MODULATION_WEIGHT), p(MODULATION_BIAS));
  const [batch = 1] = t.shape;
  const { width } = config;
  return (index) => reshape(slice(all, 1, index * width, width), [batch, 1, width]);
};

/** One transformer block with adaLN-zero: x (B, T, D) to (B, T, D). */
const block = (
  config: DitConfig,
  parameters: Weights,
  index: number,
  x: Tensor,
  modulation: Modulation,
): Tensor => {
  const p = (name: string) => parameters.tensor(`blocks.${index}.${name}`);
  const m = (part: number) => modulation(6 * index + part);
  const [shift1, scale1, gate1, shift2, scale2, gate2] = [m(0), m(1), m(2), m(3), m(4), m(5)];

  const qkv = linear(modulate(x, shift1, scale1), p('attn.qkv.weight'), p('attn.qkv.bias'));
  const attended = attention(qkv, config.heads);
  const mixed = linear(attended, p('attn.out.weight'), p('attn.out.bias'));
  const y = add(x, multiply(gate1, mixed));

  const hidden = linear(modulate(y, shift2, scale2), p('mlp.fc1.weight'), p('mlp.fc1.bias'));
  const update = linear(gelu(hidden), p('mlp.fc2.weight'), p('mlp.fc2.bias'));
  return add(y, multiply(gate2, update));
};

/** The blocks' output (B, T, D), before the final layer; also the trunk of a discriminator. */
const trunk = (
  config: DitConfig,
  parameters: Weights,
  input: NetworkInput,
  modulation: Modulation,
): Tensor => {
  const tokens = patchify(input.x, config.patch);
  const embedded = linear(
    tokens,
    parameters.tensor('patchEmbed.weight'),
    parameters.tensor('patchEmbed.bias'),
  );
  let x = addParameter(embedded, parameters.tensor('posEmbed'));
  for (let index = 0; index < config.depth; index++) {
    x = block(config, parameters, index, x, modulation);
  }
  return x;
};

/** The blocks' output (B, T, D) of a DiT, for heads of other kinds. */
export const ditFeatures = (config: DitConfig, parameters: Weights, input: NetworkInput): Tensor =>
  trunk(config, parameters, input, modulations(config, parameters, input));

/** The velocity v = x - eps that a DiT predicts, shaped like `input.x`. */
export const ditVelocity = (
  config: DitConfig,
  parameters: Weights,
  input: NetworkInput,
): Tensor => {
  const modulation = modulations(config, parameters, input);
  const x = trunk(config, parameters, input, modulation);
  const [shift, scale] = [modulation(6 * config.depth), modulation(6 * config.depth + 1)];
  const tokens = linear(
    modulate(x, shift, scale),
    parameters.tensor('final.linear.weight'),
    parameters.tensor('final.linear.bias'),
  );
  return unpatchify(tokens, config.patch, input.x.shape);
};

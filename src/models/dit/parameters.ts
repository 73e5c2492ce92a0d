import { layoutParameters, type ParameterLayout } from '../parameters';
import { MLP_RATIO, TIME_FREQUENCIES, tokenCount, type DitConfig } from './config';

/** All attribute tables as one, (sum of values + 1 each, width). */
export const ATTRIBUTE_TABLE = 'attrEmbed';
/** All modulation matrices as one, (6 width a block + 2 width, width). */
export const MODULATION_WEIGHT = 'modulation.weight';
/** All modulation biases as one. */
export const MODULATION_BIAS = 'modulation.bias';

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** The parameters of a DiT by the names of its checkpoints. */
export const ditLayout = (config: DitConfig): ParameterLayout => {
  const { width, depth, patch, channels, attributes } = config;
  const pixels = channels * patch * patch;
  const blocks = range(depth);
  const linear = (name: string, out: number, into: number) => [
    { name: `${name}.weight`, shape: [out, into] },
    { name: `${name}.bias`, shape: [out] },
  ];
  const modulations = [
    ...blocks.map((block) => ({ name: `blocks.${block}.modulation`, out: 6 * width })),
    { name: 'final.modulation', out: 2 * width },
  ];
  return layoutParameters([
    { name: 'posEmbed', shape: [1, tokenCount(config), width] },
    ...linear('patchEmbed', width, pixels),
    ...linear('timeEmbed.fc1', width, 2 * TIME_FREQUENCIES),
    ...linear('timeEmbed.fc2', width, width),
    {
      group: ATTRIBUTE_TABLE,
      members: Object.entries(attributes).map(([name, values]) => ({
        name: `attrEmbed.${name}.weight`,
        shape: [values + 1, width],
      })),
    },
    ...blocks.flatMap((block) => [
      ...linear(`blocks.${block}.attn.qkv`, 3 * width, width),
      ...linear(`blocks.${block}.attn.out`, width, width),
      ...linear(`blocks.${block}.mlp.fc1`, MLP_RATIO * width, width),
      ...linear(`blocks.${block}.mlp.fc2`, width, MLP_RATIO * width),
    ]),
    {
      group: MODULATION_WEIGHT,
      members: modulations.map(({ name, out }) => ({
        name: `${name}.weight`,
        shape: [out, width],
      })),
    },
    {
      group: MODULATION_BIAS,
      members: modulations.map(({ name, out }) => ({ name: `${name}.bias`, shape: [out] })),
    },
    ...linear('final.linear', pixels, width),
  ]);
};

import { expect, test } from 'vitest';
import { ditConfigSchema } from '../../../src/models/dit/config';
import { ditLayout } from '../../../src/models/dit/parameters';
import { unflattenParameters } from '../../../src/models/parameters';
import { initialWeights } from '../../../src/training/initialWeights';

const config = ditConfigSchema.parse({
  ...{ width: 32, depth: 2, heads: 2, patch: 4, height: 8, imageWidth: 8 },
  attributes: { red: 40 },
});
const weights = unflattenParameters(ditLayout(config), initialWeights(config, 1));

test('matrices are Xavier-uniform, embeddings small and normal, the rest zero', () => {
  for (const [name, { shape, data }] of weights) {
    const [outputs = 1, inputs = 1] = shape;
    const variance = data.reduce((sum, value) => sum + value ** 2, 0) / data.length;
    const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (/^(posEmbed|attrEmbed|timeEmbed.*weight)/.test(name)) {
      expect(Math.sqrt(variance), name).toBeCloseTo(0.02, 2.3);
      expect(largest, name).toBeGreaterThan(0.04);
    } else if (
      /^(patchEmbed|blocks.*(attn|mlp).*)\.weight|^patchEmbed\.weight/.test(name) &&
      !name.endsWith('bias')
    ) {
      const bound = Math.sqrt(6 / (inputs + outputs));
      expect(largest, name).toBeLessThanOrEqual(bound);
      expect(variance / (bound ** 2 / 3), name).toBeCloseTo(1, 0.8);
    } else {
      expect(largest, name).toBe(0);
    }
  }
});

test('the seed alone determines them', () => {
  expect(initialWeights(config, 1)).toEqual(initialWeights(config, 1));
  expect(initialWeights(config, 2)).not.toEqual(initialWeights(config, 1));
});

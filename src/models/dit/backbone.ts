import type { Backbone } from '../backbone';
import type { DitConfig } from './config';
import { ditFeatures, ditVelocity } from './dit';
import { ditLayout } from './parameters';

/** A DiT as a backbone. */
export const ditBackbone = (config: DitConfig): Backbone => ({
  layout: ditLayout(config),
  sampleShape: [config.channels, config.height, config.imageWidth],
  promptRows: Object.keys(config.attributes).length,
  statistics: 'values',
  velocity: (parameters) => (input) => ditVelocity(config, parameters, input),
  features: (parameters) => (input) => ditFeatures(config, parameters, input),
  featureWidth: config.width,
  isUnusedByFeatures: (name) => name.startsWith('final.linear'),
});

import { elementCount } from '../../../src/graph/shape';
import type { DitConfig } from '../../../src/models/dit/config';
import { ditLayout } from '../../../src/models/dit/parameters';
import { ParameterSet } from '../../../src/models/parameters';
import type { HostTensor } from './tensor';

/** Weights of a DiT, or what belongs to each of them, by name. */
export type Weights = ReadonlyMap<string, HostTensor>;

/** The engine's flat array by name; what the engine holds as one tall matrix is one here too. */
export const weightsOf = (config: DitConfig, flat: Float32Array<ArrayBuffer>): Weights => {
  const set = new ParameterSet('weights', ditLayout(config));
  return new Map(
    set.trainable().map((name) => {
      const { shape, window } = set.window(name);
      const offset = window?.offset ?? 0;
      return [name, { shape, data: flat.slice(offset, offset + elementCount(shape)) }];
    }),
  );
};

import type { Variable } from '../graph/tensor';
import { ditBackbone } from '../models/dit/backbone';
import type { DitConfig } from '../models/dit/config';
import type { ParameterSet } from '../models/parameters';
import type { InGraphTeacher } from './networks';

/** A teacher of images: a DiT, whose students are DiTs of the same sizes. */
export interface DitTeacher extends InGraphTeacher {
  readonly config: DitConfig;
}

/** A DiT with these weights as a teacher; `nullRows`: the null prompt, i32 (1, A). */
export const ditTeacher = (
  config: DitConfig,
  parameters: ParameterSet,
  nullRows: Variable,
): DitTeacher => {
  const backbone = ditBackbone(config);
  const velocity = backbone.velocity(parameters);
  return { config, backbone, parameters, velocity, isBackbone: true, nullRows };
};

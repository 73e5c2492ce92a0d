import { PhiloxStream } from '../../../src/graph/philox';
import type { TeacherFile } from '../../../src/lab/teacher';
import type { DitConfig } from '../../../src/models/dit/config';
import { normal, type HostTensor } from './tensor';
import { weightsOf, type Weights } from './weights';

/** The teacher's weights, and one batch to train them on. */
export interface NetworkProblem {
  readonly config: DitConfig;
  /** All weights in the engine's own order. */
  readonly flat: Float32Array<ArrayBuffer>;
  readonly weights: Weights;
  readonly batch: number;
  /** Renoised images (B, 3, H, W), their noise levels (B), prompts (B, A) and true velocities. */
  readonly x: HostTensor;
  readonly t: HostTensor;
  readonly rows: Int32Array<ArrayBuffer>;
  readonly target: HostTensor;
}

const SEED = 1;

/** Draws a batch for a teacher's network. */
export const networkProblem = ({ config, flat }: TeacherFile, batch: number): NetworkProblem => {
  const images = [batch, config.channels, config.height, config.imageWidth];
  const draws = new PhiloxStream(SEED, 3, 0);
  const tables = Object.values(config.attributes);
  const begins = tables.map((_, index) =>
    tables.slice(0, index).reduce((sum, values) => sum + values + 1, 0),
  );
  return {
    config,
    flat,
    weights: weightsOf(config, flat),
    batch,
    x: normal(images, SEED, 0, 0),
    t: { shape: [batch], data: Float32Array.from({ length: batch }, () => draws.uniform()) },
    rows: Int32Array.from(
      Array.from({ length: batch }, () =>
        tables.map((values, index) => (begins[index] ?? 0) + draws.integer(values + 1)),
      ).flat(),
    ),
    target: normal(images, SEED, 1, 0),
  };
};

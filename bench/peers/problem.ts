import { PhiloxStream } from '../../src/graph/philox';
import { readTeacher } from '../../src/lab/teacher';
import type { DitConfig } from '../../src/models/dit/config';
import { ditLayout } from '../../src/models/dit/parameters';
import { ParameterSet } from '../../src/models/parameters';

/** A tensor on the host. */
export interface HostTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array<ArrayBuffer>;
}

/** The same work for everybody: the teacher's weights, and one batch of a critic's training. */
export interface Problem {
  readonly config: DitConfig;
  /** All weights in the engine's own order. */
  readonly flat: Float32Array<ArrayBuffer>;
  /** The same by name; what the engine holds as one tall matrix is one here too. */
  readonly weights: ReadonlyMap<string, HostTensor>;
  readonly batch: number;
  readonly tokens: number;
  /** Renoised images (B, 3, H, W), their noise levels (B), prompts (B, A) and true velocities. */
  readonly x: HostTensor;
  readonly t: HostTensor;
  readonly rows: Int32Array<ArrayBuffer>;
  readonly target: HostTensor;
}

/** Adam as most would set it. */
export const ADAM = { learningRate: 1e-4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

const SEED = 1;

const normal = (shape: readonly number[], stream: number): HostTensor => {
  const draws = new PhiloxStream(SEED, stream, 0);
  const count = shape.reduce((product, size) => product * size, 1);
  return { shape, data: Float32Array.from({ length: count }, () => draws.normal()) };
};

/** Reads a teacher's file and draws a batch. */
export const poseProblem = (file: ArrayBuffer, batch: number): Problem => {
  const { config, flat } = readTeacher(file);
  const set = new ParameterSet('weights', ditLayout(config));
  const weights = new Map(
    set.trainable().map((name) => {
      const { shape, window } = set.window(name);
      const count = shape.reduce((product, size) => product * size, 1);
      const offset = window?.offset ?? 0;
      return [name, { shape, data: flat.slice(offset, offset + count) }];
    }),
  );
  const images = [batch, config.channels, config.height, config.imageWidth];
  const draws = new PhiloxStream(SEED, 3, 0);
  const tables = Object.values(config.attributes);
  const begins = tables.map((_, index) =>
    tables.slice(0, index).reduce((sum, values) => sum + values + 1, 0),
  );
  return {
    config,
    flat,
    weights,
    batch,
    tokens: (config.height / config.patch) * (config.imageWidth / config.patch),
    x: normal(images, 0),
    t: { shape: [batch], data: Float32Array.from({ length: batch }, () => draws.uniform()) },
    rows: Int32Array.from(
      Array.from({ length: batch }, () =>
        tables.map((values, index) => (begins[index] ?? 0) + draws.integer(values + 1)),
      ).flat(),
    ),
    target: normal(images, 1),
  };
};

/** One of those who do it. Created with the problem's weights. */
export interface Contender {
  readonly name: string;
  /** The network's velocity at the batch, read back. */
  readonly forward: () => Promise<ArrayLike<number>>;
  /** Loss, gradient and one step of Adam; resolves to the loss before it. */
  readonly step: () => Promise<number>;
}

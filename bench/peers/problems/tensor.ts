import { PhiloxStream } from '../../../src/graph/philox';
import { elementCount } from '../../../src/graph/shape';

/** A tensor on the host. */
export interface HostTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array<ArrayBuffer>;
}

/** Standard normal numbers, the engine's own of that seed, stream and step. */
export const normal = (
  shape: readonly number[],
  seed: number,
  stream: number,
  step: number,
): HostTensor => {
  const draws = new PhiloxStream(seed, stream, step);
  return {
    shape,
    data: Float32Array.from({ length: elementCount(shape) }, () => draws.normal()),
  };
};

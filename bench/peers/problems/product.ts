import { elementCount } from '../../../src/graph/shape';
import type { DitConfig } from '../../../src/models/dit/config';
import { blockLayers, type Layer } from '../../products';
import { normal, type HostTensor } from './tensor';

/** One product: y = a b, or y = x W' of a linear layer, and its two gradients. */
export interface ProductProblem {
  readonly name: string;
  /** (m, k). */
  readonly a: HostTensor;
  /** (k, n), or (n, k) with `transposed`. */
  readonly b: HostTensor;
  readonly transposed: boolean;
  /** dL/dy (m, n) where the gradients of a and b are wanted too. */
  readonly dy: HostTensor | null;
  readonly flops: number;
}

const SEED = 2;
const SQUARES = { software: [256, 512, 1024], hardware: [256, 512, 1024, 2048, 4096] } as const;
/** The layer that is also timed with its gradients: the largest of a block. */
const WITH_GRADIENTS = 'mlp.fc1';

/** A prime: repeated with this period, no two rows of a matrix are alike, and 4096 x 4096 is quick to fill. */
const PERIOD = 65537;

const matrix = (shape: readonly number[], stream: number): HostTensor => {
  const { data } = normal([PERIOD], SEED, stream, 0);
  return {
    shape,
    data: Float32Array.from({ length: elementCount(shape) }, (_, i) => data[i % PERIOD] ?? 0),
  };
};

/** Makes a product when it is its turn, so that the matrices of one are there at a time. */
export type MakeProduct = () => ProductProblem;

/** Squares that an adapter does in reasonable time, and the linear layers of a DiT's block. */
export const productProblems = (
  config: DitConfig,
  batch: number,
  software: boolean,
): MakeProduct[] => {
  const square = (size: number) => (): ProductProblem => ({
    name: `product ${size}`,
    a: matrix([size, size], 0),
    b: matrix([size, size], 1),
    transposed: false,
    dy: null,
    flops: 2 * size ** 3,
  });
  const linear = (layer: Layer, gradients: boolean) => (): ProductProblem => ({
    name: `${layer.name}, ${layer.rows} rows${gradients ? ', with gradients' : ''}`,
    a: matrix([layer.rows, layer.into], 0),
    b: matrix([layer.out, layer.into], 1),
    transposed: true,
    dy: gradients ? matrix([layer.rows, layer.out], 2) : null,
    flops: (gradients ? 6 : 2) * layer.rows * layer.into * layer.out,
  });
  const layers = blockLayers(config, batch);
  return [
    ...SQUARES[software ? 'software' : 'hardware'].map(square),
    ...layers.map((layer) => linear(layer, false)),
    ...layers.filter(({ name }) => name === WITH_GRADIENTS).map((layer) => linear(layer, true)),
  ];
};

import type { ProductReport } from '../products';
import type { PageReport } from './report';

/** A place in the picture: operations a byte, and GFLOP/s. */
export interface RoofPoint {
  readonly intensity: number;
  readonly gflops: number;
  readonly name: string;
}

export interface Roofline {
  /** What the adapter permits: memory's slope, then the units' flat roof. */
  readonly roof: readonly RoofPoint[];
  readonly points: readonly RoofPoint[];
  /** The decades that both axes span. */
  readonly across: readonly [number, number];
  readonly up: readonly [number, number];
}

const FLOAT_BYTES = 4;

/** Operations of a product for each byte that it must move: both operands and the result, each once. */
const intensityOf = ({ m, n, k }: ProductReport): number =>
  (2 * m * n * k) / (FLOAT_BYTES * (m * k + k * n + m * n));

const decades = (values: readonly number[]): [number, number] => [
  10 ** Math.floor(Math.log10(Math.min(...values))),
  10 ** Math.ceil(Math.log10(Math.max(...values))),
];

/** Products under the roof of their adapter (Williams et al. 2009); null until both are known. */
export const rooflineOf = ({ peak, products }: PageReport): Roofline | null => {
  if (peak === null || products.length === 0) return null;
  const points = products.map((product) => ({
    intensity: intensityOf(product),
    gflops: product.variants[0]?.gflops ?? NaN,
    name: `${product.layer}, ${product.form}`,
  }));
  const ridge = peak.gflops / peak.gigabytes;
  const across = decades([...points.map(({ intensity }) => intensity), ridge, 1]);
  const roofAt = (intensity: number, name: string): RoofPoint => ({
    intensity,
    gflops: Math.min(peak.gflops, intensity * peak.gigabytes),
    name,
  });
  const roof = [
    roofAt(across[0], 'memory'),
    roofAt(ridge, 'both'),
    roofAt(across[1], 'arithmetic'),
  ].sort((a, b) => a.intensity - b.intensity);
  const up = decades([...points, ...roof].map(({ gflops }) => gflops));
  return { roof, points, across, up };
};

import lanes from '../../../shaders/linalg/lanes.wgsl?raw';
import tiles from '../../../shaders/linalg/tiles.wgsl?raw';
import { ceilDivide, type Dispatch, type KernelChoice } from '../kernel';

/** What a workgroup computes of a product's result, or a whole product: m rows, n columns. */
export interface Tile {
  readonly m: number;
  readonly n: number;
}

/** Of the variants without shared memory; pinned to the WGSL by a test. */
export const MATMUL_TILES = {
  any: { m: 32, n: 32 },
  blocked: { m: 64, n: 32 },
} as const;

/** The same where lanes share: two rows and four columns a lane. */
export const lanesTile = (count: number): Tile => ({
  m: 2 * count,
  n: 4 * count,
});

/** From this many workgroups on, the large tile (less traffic) still fills a GPU. */
const ENOUGH_WORKGROUPS = 256;
const LARGE_TILE = 64;
const SMALL_TILE = 32;

/** The largest tile that still gives a GPU enough workgroups. */
const tileOf = ({ m, n, batch }: Tile & { readonly batch: number }): number =>
  ceilDivide(m, LARGE_TILE) * ceilDivide(n, LARGE_TILE) * batch >= ENOUGH_WORKGROUPS
    ? LARGE_TILE
    : SMALL_TILE;

/** The start of a kernel that shares tiles of that size, kept as `kept`, before its `main`. */
const tilesOf = (size: number, kept: 'f32' | 'f16'): string =>
  `const TILE: u32 = ${size}u;\nalias Kept = ${kept};\n${tiles}`;

/** How many lanes share in a variant; null where they do not. */
export const sharingLanes = ({ matmul: variant }: KernelChoice): number | null =>
  variant === 'lanes4' ? 4 : variant === 'lanes8' ? 8 : null;

/** The files with `main` of one kernel in its variants, and the loads of those that share no lanes. */
export interface VariantFiles {
  readonly lanes: string;
  readonly loads: string;
  readonly blocked: string;
  readonly tiled: string;
}

/** How a kernel of the chosen variant is made: its text, what it enables, what a workgroup computes. */
export interface Variant extends Pick<Dispatch, 'source' | 'enables'> {
  readonly tile: Tile;
}

/**
 * The chosen variant of a kernel that computes m x n a product, of `batch` products. Tiles are in half
 * precision only where the kernel `mayHalve`.
 */
export const variantOf = (
  choice: KernelChoice,
  product: Tile & { readonly batch: number },
  files: VariantFiles,
  mayHalve: boolean,
): Variant => {
  const sharing = sharingLanes(choice);
  if (sharing !== null) {
    return {
      source: `const LANES: u32 = ${sharing}u;\n${lanes}\n${files.lanes}`,
      enables: ['subgroups'],
      tile: lanesTile(sharing),
    };
  }
  if (choice.matmul === 'blocked') {
    return { source: `${files.loads}\n${files.blocked}`, tile: MATMUL_TILES.blocked };
  }
  const size = tileOf(product);
  const isHalf = choice.matmul === 'halfTiled' && mayHalve;
  return {
    source: [files.loads, tilesOf(size, isHalf ? 'f16' : 'f32'), files.tiled].join('\n'),
    ...(isHalf && { enables: ['f16'] }),
    tile: { m: size, n: size },
  };
};

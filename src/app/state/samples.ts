import { create } from 'zustand';
import type { GridSource } from '../../lab/lab';

/** One grid's newest pictures. */
export interface Pictures {
  /** Shape (n, 3, height, width), RGB in [-1, 1] and beyond. */
  readonly images: Float32Array<ArrayBuffer>;
  readonly shape: readonly [number, number, number, number];
  readonly iteration: number;
  /** Mean over the pictures of each one's unbiased variance. */
  readonly variance: number;
}

export interface SamplesSlice {
  /** One array of attribute ids a picture. */
  readonly prompts: readonly (readonly number[])[];
  /** Seed of the noise that all grids start from. */
  readonly seed: number;
  /** Counts changes of prompts and noise, so that pictures of earlier ones are known. */
  readonly orderId: number;
  readonly grids: ReadonlyMap<GridSource, Pictures>;
  /** Grids whose pictures belong to an earlier run or to earlier noise and prompts. */
  readonly stale: ReadonlySet<GridSource>;
  /** The picture pointed at, by its place in the grid. */
  readonly pointed: number | null;
}

export const useSamples = create<SamplesSlice>()(() => ({
  prompts: [],
  seed: 1,
  orderId: 0,
  grids: new Map(),
  stale: new Set(),
  pointed: null,
}));

/** Marks all grids as belonging to the past; their pictures stay until new ones come. */
export const markStale = (): void => {
  useSamples.setState(({ grids }) => ({ stale: new Set(grids.keys()) }));
};

/** Shows a grid's new pictures. */
export const showPictures = (source: GridSource, pictures: Pictures): void => {
  useSamples.setState(({ grids, stale }) => ({
    grids: new Map([...grids, [source, pictures]]),
    stale: new Set([...stale].filter((other) => other !== source)),
  }));
};

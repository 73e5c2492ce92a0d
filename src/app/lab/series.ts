import type { MetricsPoint } from '../../worker/protocol';

/** The figures that are drawn as curves. */
export const FIGURES = [
  'caNorm',
  'dmNorm',
  'criticLoss',
  'imageVariance',
  'imageMean',
] as const satisfies readonly (keyof MetricsPoint)[];

export type Figure = (typeof FIGURES)[number];

/** Most points that a curve is drawn with. */
const CAPACITY = 300;

/** The mean of each figure over the iterations `first` to `last`; null where none was computed. */
export interface SeriesRow extends Readonly<Record<Figure, number | null>> {
  readonly first: number;
  readonly last: number;
}

interface Bucket {
  first: number;
  last: number;
  readonly sum: Record<Figure, number>;
  readonly count: Record<Figure, number>;
}

const zeros = (): Record<Figure, number> => ({
  caNorm: 0,
  dmNorm: 0,
  criticLoss: 0,
  imageVariance: 0,
  imageMean: 0,
});

const addInto = (target: Bucket, source: Bucket): void => {
  target.last = Math.max(target.last, source.last);
  for (const figure of FIGURES) {
    target.sum[figure] += source.sum[figure];
    target.count[figure] += source.count[figure];
  }
};

const toBucket = (point: MetricsPoint): Bucket => {
  const bucket: Bucket = {
    first: point.iteration,
    last: point.iteration,
    sum: zeros(),
    count: zeros(),
  };
  for (const figure of FIGURES) {
    const value = point[figure];
    if (value === null || !Number.isFinite(value)) continue;
    bucket.sum[figure] = value;
    bucket.count[figure] = 1;
  }
  return bucket;
};

/**
 * A whole run's curves in fixed memory. Every point is the mean over `width` iterations; when the
 * points run out, neighbours are merged and the width doubles. Lives outside React: `version`
 * counts the changes.
 */
export class Series {
  #buckets: Bucket[] = [];
  #width = 1;
  #version = 0;
  #latest: MetricsPoint | null = null;

  /** Grows with every change. */
  get version(): number {
    return this.#version;
  }

  /** Iterations that one point stands for. */
  get width(): number {
    return this.#width;
  }

  /** The newest iteration's figures, unaveraged. */
  get latest(): MetricsPoint | null {
    return this.#latest;
  }

  /** Number of the last iteration, 0 when empty. */
  get lastIteration(): number {
    return this.#latest?.iteration ?? 0;
  }

  /** Adds points, which come in the order of their iterations. */
  push(points: readonly MetricsPoint[]): void {
    for (const point of points) {
      const bucket = toBucket(point);
      const tail = this.#buckets.at(-1);
      if (tail !== undefined && this.#slot(tail.first) === this.#slot(bucket.first)) {
        addInto(tail, bucket);
      } else {
        this.#buckets.push(bucket);
      }
      this.#latest = point;
      while (this.#buckets.length > CAPACITY) this.#thin();
    }
    this.#version += 1;
  }

  /** The curves, each point a mean over `width` iterations or more (a power of two). */
  rows(width = this.#width): SeriesRow[] {
    return merge(this.#buckets, Math.max(width, this.#width)).map(toRow);
  }

  #slot(iteration: number): number {
    return slot(iteration, this.#width);
  }

  #thin(): void {
    this.#width *= 2;
    this.#buckets = merge(this.#buckets, this.#width);
  }
}

const slot = (iteration: number, width: number): number => Math.floor((iteration - 1) / width);

/** Merges buckets that share a slot of `width` iterations; the originals stay as they are. */
const merge = (buckets: readonly Bucket[], width: number): Bucket[] => {
  const merged: Bucket[] = [];
  for (const bucket of buckets) {
    const tail = merged.at(-1);
    if (tail !== undefined && slot(tail.first, width) === slot(bucket.first, width)) {
      addInto(tail, bucket);
    } else {
      merged.push({ ...bucket, sum: { ...bucket.sum }, count: { ...bucket.count } });
    }
  }
  return merged;
};

const toRow = ({ first, last, sum, count }: Bucket): SeriesRow => {
  const mean = (figure: Figure): number | null =>
    count[figure] === 0 ? null : sum[figure] / count[figure];
  return {
    first,
    last,
    caNorm: mean('caNorm'),
    dmNorm: mean('dmNorm'),
    criticLoss: mean('criticLoss'),
    imageVariance: mean('imageVariance'),
    imageMean: mean('imageMean'),
  };
};

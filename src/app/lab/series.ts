/** Most points that a curve is drawn with. */
const CAPACITY = 300;

/** The figures of one iteration; null where one was not computed. */
export interface Point<Figure extends string> {
  readonly iteration: number;
  readonly values: Readonly<Record<Figure, number | null>>;
}

/** The mean of each figure over the iterations `first` to `last`; null where none was computed. */
export interface SeriesRow<Figure extends string> {
  readonly first: number;
  readonly last: number;
  readonly values: Readonly<Record<Figure, number | null>>;
}

interface Bucket<Figure extends string> {
  first: number;
  last: number;
  readonly sum: Record<Figure, number>;
  readonly count: Record<Figure, number>;
}

/**
 * The curves of one arm in fixed memory. Every point is the mean over `width` iterations; when the
 * points run out, neighbours are merged and the width doubles.
 */
export class Series<Figure extends string> {
  readonly #figures: readonly Figure[];
  #buckets: Bucket<Figure>[] = [];
  #width = 1;
  #latest: Point<Figure> | null = null;

  constructor(figures: readonly Figure[]) {
    this.#figures = figures;
  }

  /** Iterations that one point stands for. */
  get width(): number {
    return this.#width;
  }

  /** The newest iteration's figures, unaveraged. */
  get latest(): Point<Figure> | null {
    return this.#latest;
  }

  /**
   * Adds points, which come in the order of their iterations. One that is not later than the last
   * takes the place of what was undone: an arm went back to its last good state.
   */
  push(points: readonly Point<Figure>[]): void {
    for (const point of points) {
      if (point.iteration <= (this.#latest?.iteration ?? -1)) this.#forgetFrom(point.iteration);
      const bucket = this.#toBucket(point);
      const tail = this.#buckets.at(-1);
      if (tail !== undefined && slot(tail.first, this.#width) === slot(bucket.first, this.#width)) {
        this.#add(tail, bucket);
      } else {
        this.#buckets.push(bucket);
      }
      this.#latest = point;
      while (this.#buckets.length > CAPACITY) this.#thin();
    }
  }

  /** The curves, each point a mean over `width` iterations or more (a power of two). */
  rows(width = this.#width): SeriesRow<Figure>[] {
    return this.#merged(Math.max(width, this.#width)).map(({ first, last, sum, count }) => ({
      first,
      last,
      values: this.#record((figure) => (count[figure] === 0 ? null : sum[figure] / count[figure])),
    }));
  }

  #forgetFrom(iteration: number): void {
    this.#buckets = this.#buckets.filter(({ first }) => first < iteration);
  }

  #thin(): void {
    this.#width *= 2;
    this.#buckets = this.#merged(this.#width);
  }

  /** Buckets that share a slot of `width` iterations as one; the originals stay as they are. */
  #merged(width: number): Bucket<Figure>[] {
    const merged: Bucket<Figure>[] = [];
    for (const bucket of this.#buckets) {
      const tail = merged.at(-1);
      if (tail !== undefined && slot(tail.first, width) === slot(bucket.first, width)) {
        this.#add(tail, bucket);
      } else {
        merged.push({ ...bucket, sum: { ...bucket.sum }, count: { ...bucket.count } });
      }
    }
    return merged;
  }

  #add(target: Bucket<Figure>, source: Bucket<Figure>): void {
    target.last = Math.max(target.last, source.last);
    for (const figure of this.#figures) {
      target.sum[figure] += source.sum[figure];
      target.count[figure] += source.count[figure];
    }
  }

  #toBucket({ iteration, values }: Point<Figure>): Bucket<Figure> {
    const known = (figure: Figure): number | null => {
      const value = values[figure];
      return value === null || !Number.isFinite(value) ? null : value;
    };
    return {
      first: iteration,
      last: iteration,
      sum: this.#record((figure) => known(figure) ?? 0),
      count: this.#record((figure) => (known(figure) === null ? 0 : 1)),
    };
  }

  #record<Value>(of: (figure: Figure) => Value): Record<Figure, Value> {
    return Object.fromEntries(this.#figures.map((figure) => [figure, of(figure)])) as Record<
      Figure,
      Value
    >;
  }
}

/** Number of the piece of `width` iterations that an iteration belongs to. */
export const slot = (iteration: number, width: number): number =>
  Math.floor((iteration - 1) / width);

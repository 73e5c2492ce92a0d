import { curveKey, indexFrom, type Column } from './columns';

/** Points that there is room for at first. */
const FIRST_ROOM = 256;

/** The figures of one iteration; null where one was not computed. */
export interface Point<Figure extends string> {
  readonly iteration: number;
  readonly values: Readonly<Record<Figure, number | null>>;
}

/**
 * The curves of one arm, every point of them: 8 bytes a value, far less than the record of the run
 * takes. Charts decimate what they draw of them.
 */
export class Series<Figure extends string> {
  readonly #figures: readonly Figure[];
  #iterations = new Float64Array(FIRST_ROOM);
  #values: Float64Array<ArrayBuffer>[];
  #length = 0;
  #latest: Point<Figure> | null = null;

  constructor(figures: readonly Figure[]) {
    this.#figures = figures;
    this.#values = figures.map(() => new Float64Array(FIRST_ROOM));
  }

  /** The newest iteration's figures. */
  get latest(): Point<Figure> | null {
    return this.#latest;
  }

  /**
   * Adds points, which come in the order of their iterations. One that is not later than the last
   * takes the place of what was undone: an arm went back to its last good state.
   */
  push(points: readonly Point<Figure>[]): void {
    for (const point of points) {
      const { iteration, values } = point;
      const last = this.#latest?.iteration ?? -Infinity;
      if (iteration <= last) this.#length = indexFrom(this.#iterations, iteration, this.#length);
      if (this.#length === this.#iterations.length) this.#grow();
      this.#iterations[this.#length] = iteration;
      this.#figures.forEach((figure, place) => {
        const value = values[figure];
        const column = this.#values[place];
        // What is not finite could not be drawn.
        if (column) column[this.#length] = Number.isFinite(value) ? Number(value) : NaN;
      });
      this.#length += 1;
      this.#latest = point;
    }
  }

  /** The curves so far, under the keys of that owner. They share memory with the series. */
  columns(owner: string): [key: string, column: Column][] {
    const x = this.#iterations.subarray(0, this.#length);
    return this.#figures.map((figure, place) => [
      curveKey(owner, figure),
      { x, y: this.#values[place]?.subarray(0, this.#length) ?? new Float64Array() },
    ]);
  }

  #grow(): void {
    const roomier = (old: Float64Array): Float64Array<ArrayBuffer> => {
      const room = new Float64Array(2 * old.length);
      room.set(old);
      return room;
    };
    this.#iterations = roomier(this.#iterations);
    this.#values = this.#values.map(roomier);
  }
}

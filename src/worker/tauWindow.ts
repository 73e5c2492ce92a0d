import { TAU_BINS } from '../lab/record';

/** Iterations that a histogram looks back: a moved range shows within a moment. */
const WINDOW = 100;

/** A histogram of the noise levels drawn in the last iterations. */
export class TauWindow {
  readonly #counts = new Array<number>(TAU_BINS).fill(0);
  readonly #iterations: Uint8Array[] = [];

  /** Adds the levels of one iteration, each in [0, 1]; the oldest iteration may drop out. */
  add(taus: Float32Array): void {
    const bins = Uint8Array.from(taus, (tau) =>
      Math.min(TAU_BINS - 1, Math.max(0, Math.floor(tau * TAU_BINS))),
    );
    this.#iterations.push(bins);
    this.#count(bins, 1);
    if (this.#iterations.length <= WINDOW) return;
    const oldest = this.#iterations.shift();
    if (oldest) this.#count(oldest, -1);
  }

  /** How many levels lie in each bin. */
  get counts(): readonly number[] {
    return [...this.#counts];
  }

  #count(bins: Uint8Array, sign: 1 | -1): void {
    for (const bin of bins) this.#counts[bin] = (this.#counts[bin] ?? 0) + sign;
  }
}

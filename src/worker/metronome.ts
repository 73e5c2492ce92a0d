/** Says at most every `interval` milliseconds that it is time. */
export class Metronome {
  readonly #interval: number;
  #next = 0;

  constructor(interval: number) {
    this.#interval = interval;
  }

  /** Whether it is time (or `atOnce`); if so, the next time begins now. */
  tick(atOnce = false): boolean {
    const now = performance.now();
    if (!atOnce && now < this.#next) return false;
    this.#next = now + this.#interval;
    return true;
  }

  /** Not again for so many milliseconds. */
  rest(milliseconds: number): void {
    this.#next = Math.max(this.#next, performance.now() + milliseconds);
  }
}

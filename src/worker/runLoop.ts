/** Rounds submitted before the oldest one's figures are awaited: keeps the GPU busy. */
const IN_FLIGHT = 2;
/** Seconds over which the rate is averaged. */
const RATE_WINDOW = 2;

export interface RunLoopEvents<Round> {
  readonly onRound: (round: Round) => void;
  /** After the last round of a run; with the error that ended it, if one did. */
  readonly onEnd: (error: unknown) => void;
}

/** Runs rounds one after another until told to pause, or until one comes back empty. */
export class RunLoop<Round extends { readonly size: number }> {
  readonly #iterate: () => Promise<Round>;
  readonly #events: RunLoopEvents<Round>;
  #left = 0;
  #running: Promise<void> | undefined;
  #abandoned = false;
  #finished: number[] = [];

  /** `iterate` submits one round and resolves when it is done; a round has a part for each arm. */
  constructor(iterate: () => Promise<Round>, events: RunLoopEvents<Round>) {
    this.#iterate = iterate;
    this.#events = events;
  }

  /** Rounds a second over the last seconds; 0 before the second round. */
  get roundsPerSecond(): number {
    const [first] = this.#finished;
    const last = this.#finished.at(-1);
    if (first === undefined || last === undefined || last <= first) return 0;
    return ((this.#finished.length - 1) * 1000) / (last - first);
  }

  /** True from `run` until the last round has reported. */
  get busy(): boolean {
    return this.#running !== undefined;
  }

  /** Runs so many more rounds. */
  run(rounds: number): void {
    this.#left = rounds;
    this.#running ??= this.#loop().finally(() => {
      this.#running = undefined;
    });
  }

  /** No further rounds; those submitted still report. */
  pause(): void {
    this.#left = 0;
  }

  /** Pauses, and resolves when the last round has reported. */
  async idle(): Promise<void> {
    this.pause();
    await this.#running;
  }

  /** Pauses for good and reports nothing more; for a device that is gone. */
  abandon(): void {
    this.pause();
    this.#abandoned = true;
  }

  async #loop(): Promise<void> {
    const pending: Promise<Round>[] = [];
    let failure: unknown;
    this.#finished = [];
    while (failure === undefined && (this.#left > 0 || pending.length > 0)) {
      while (this.#left > 0 && pending.length < IN_FLIGHT) {
        this.#left--;
        const round = this.#iterate();
        // It may fail before its turn to be awaited; it is heard then.
        round.catch(() => undefined);
        pending.push(round);
      }
      try {
        const round = await pending.shift();
        if (round && !this.#abandoned) this.#note(round);
      } catch (error) {
        failure = error;
        this.pause();
      }
    }
    // What was submitted after the failure fails as well, or means nothing.
    await Promise.allSettled(pending);
    if (!this.#abandoned) this.#events.onEnd(failure);
  }

  #note(round: Round): void {
    // No arm trains any more: there is nothing to go on with.
    if (round.size === 0) this.pause();
    const now = performance.now();
    this.#finished.push(now);
    while ((this.#finished[0] ?? now) < now - RATE_WINDOW * 1000 && this.#finished.length > 2) {
      this.#finished.shift();
    }
    this.#events.onRound(round);
  }
}

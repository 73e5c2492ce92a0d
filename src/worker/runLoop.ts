import type { IterationFigures } from '../distill/trainer';
import type { Session } from '../lab/session';

/** Iterations submitted before the oldest one's figures are awaited: keeps the GPU busy. */
const IN_FLIGHT = 2;
/** Seconds over which the rate is averaged. */
const RATE_WINDOW = 2;

export interface RunLoopEvents {
  readonly onFigures: (figures: IterationFigures) => void;
  /** After the last iteration of a run; with the error that ended it, if one did. */
  readonly onEnd: (error: unknown) => void;
}

/** Runs a session's iterations one after another until told to pause. */
export class RunLoop {
  readonly #session: Session;
  readonly #events: RunLoopEvents;
  #left = 0;
  #running: Promise<void> | undefined;
  #abandoned = false;
  #finished: number[] = [];

  constructor(session: Session, events: RunLoopEvents) {
    this.#session = session;
    this.#events = events;
  }

  /** Iterations a second over the last seconds; 0 before the second iteration. */
  get iterationsPerSecond(): number {
    const [first] = this.#finished;
    const last = this.#finished.at(-1);
    if (first === undefined || last === undefined || last <= first) return 0;
    return ((this.#finished.length - 1) * 1000) / (last - first);
  }

  /** Runs so many more iterations. */
  run(iterations: number): void {
    this.#left = iterations;
    this.#running ??= this.#loop().finally(() => {
      this.#running = undefined;
    });
  }

  /** No further iterations; those submitted still report. */
  pause(): void {
    this.#left = 0;
  }

  /** Pauses, and resolves when the last iteration has reported. */
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
    const pending: Promise<IterationFigures>[] = [];
    let failure: unknown;
    this.#finished = [];
    while (failure === undefined && (this.#left > 0 || pending.length > 0)) {
      while (this.#left > 0 && pending.length < IN_FLIGHT) {
        this.#left--;
        const iteration = this.#session.iterate();
        // It may fail before its turn to be awaited; it is heard then.
        iteration.catch(() => undefined);
        pending.push(iteration);
      }
      try {
        const figures = await pending.shift();
        if (figures && !this.#abandoned) this.#note(figures);
      } catch (error) {
        failure = error;
        this.pause();
      }
    }
    // What was submitted after the failure fails as well, or means nothing.
    await Promise.allSettled(pending);
    if (!this.#abandoned) this.#events.onEnd(failure);
  }

  #note(figures: IterationFigures): void {
    const now = performance.now();
    this.#finished.push(now);
    while ((this.#finished[0] ?? now) < now - RATE_WINDOW * 1000 && this.#finished.length > 2) {
      this.#finished.shift();
    }
    this.#events.onFigures(figures);
  }
}

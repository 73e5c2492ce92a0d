import type { MixtureLab } from '../../lab/mixture/mixtureLab';
import type { MixtureFrame, MixtureLook } from './protocol';

/** Milliseconds between two frames: at most fifteen a second. */
const INTERVAL = 1000 / 15;
/** While it trains, frames take at most a third of the time. */
const SHARE = 3;

export interface FramesEvents {
  readonly onFrame: (frame: MixtureFrame) => void;
  /** Iterations a second; 0 while nothing trains. */
  readonly rate: () => number;
}

/** Takes pictures of a lab's student, one after another, as often as the pace allows. */
export class Frames {
  readonly #lab: MixtureLab;
  readonly #events: FramesEvents;
  #look: MixtureLook;
  #wanted = false;
  #taking: Promise<void> | undefined;
  #next = 0;
  #closed = false;

  constructor(lab: MixtureLab, look: MixtureLook, events: FramesEvents) {
    this.#lab = lab;
    this.#look = look;
    this.#events = events;
  }

  /** What is looked at from now on. A class that the mixture has not is taken as all. */
  set look(look: MixtureLook) {
    this.#look = look;
  }

  /**
   * Asks for a frame of the student as it is now or later; many calls may be answered by one. Resolves
   * when nothing more is asked for; rejects when a picture could not be taken.
   */
  show(): Promise<void> {
    // One under way may be of an earlier state: another follows it.
    this.#wanted = true;
    this.#taking ??= this.#take().finally(() => {
      this.#taking = undefined;
    });
    return this.#taking;
  }

  /** Takes no more; resolves when none is being taken. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#taking?.catch(() => undefined);
  }

  async #take(): Promise<void> {
    while (this.#wanted && !this.#closed) {
      await sleep(this.#next - performance.now());
      const start = performance.now();
      this.#wanted = false;
      const picture = await this.#lab.picture(this.#look);
      if (this.#isClosed()) return;
      const iterationsPerSecond = this.#events.rate();
      this.#events.onFrame({ ...picture, iterationsPerSecond });
      const share = iterationsPerSecond > 0 ? SHARE * (performance.now() - start) : 0;
      this.#next = start + Math.max(INTERVAL, share);
    }
  }

  /** A question, since it may have been closed while a picture was taken. */
  #isClosed(): boolean {
    return this.#closed;
  }
}

const sleep = async (milliseconds: number): Promise<void> => {
  if (milliseconds <= 0) return;
  await new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
};

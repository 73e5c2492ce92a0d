import type { MixtureFrame } from '../../worker/mixture/protocol';

/** Earlier frames whose points fade behind the present ones. */
const TRAIL = 7;
/** Bounds of the time that points take to glide to a new frame, in milliseconds. */
const [SHORTEST_GLIDE, LONGEST_GLIDE] = [16, 160];

/**
 * The frames of a run as they come, outside React: a painter asks for them when it paints. Listeners
 * are told of every change.
 */
export class Frames {
  readonly #listeners = new Set<() => void>();
  #frames: readonly MixtureFrame[] = [];
  #arrived = 0;
  #interval = LONGEST_GLIDE;

  /** The newest frame; null before the first. */
  get latest(): MixtureFrame | null {
    return this.#frames.at(-1) ?? null;
  }

  /** The newest frames, oldest first: their points are the same ones, at earlier times. */
  get trail(): readonly MixtureFrame[] {
    return this.#frames;
  }

  /** How far points have glided from the last frame but one to the last, 0 to 1. */
  progressAt(now: number): number {
    if (this.#frames.length < 2) return 1;
    return Math.min(1, Math.max(0, (now - this.#arrived) / this.#interval));
  }

  push(frame: MixtureFrame): void {
    const now = performance.now();
    this.#interval = Math.min(LONGEST_GLIDE, Math.max(SHORTEST_GLIDE, now - this.#arrived));
    this.#arrived = now;
    const before = this.latest;
    const related = before?.points.length === frame.points.length && !document.hidden;
    // A frame of the same iteration shows other arrows; its points have not moved.
    const moved = before?.figures.iteration !== frame.figures.iteration;
    const kept = related ? (moved ? this.#frames : this.#frames.slice(0, -1)) : [];
    this.#frames = [...kept.slice(-TRAIL), frame];
    this.#tell();
  }

  /** Forgets everything: another run begins. */
  clear(): void {
    this.#frames = [];
    this.#tell();
  }

  /** Calls `listener` after every change; returns the way to stop. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

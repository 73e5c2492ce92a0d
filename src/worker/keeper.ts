import { writeCheckpoint } from '../lab/checkpoint';
import { QuotaError, type CheckpointStore } from '../lab/checkpointStore';
import type { Lab } from '../lab/lab';
import type { Report } from './protocol/reports';
import { reasonOf } from '../interchange/reason';

/** Milliseconds of training between two checkpoints. */
const INTERVAL = 60_000;
/** Runs that are kept: this one and the one before it. */
const MOST_RUNS = 2;

/**
 * Keeps a run: now and then while it trains, and when it is told to. What cannot be kept is told
 * once, and training goes on; the last good checkpoint stays.
 */
export class Keeper {
  readonly #store: CheckpointStore;
  readonly #id: string;
  readonly #lab: Lab;
  readonly #post: (report: Report) => void;
  #next = performance.now() + INTERVAL;
  #queue: Promise<void> = Promise.resolve();
  #busy = false;
  /** Iteration that is kept already. */
  #kept: number;
  /** Counts what was noted, and how much of it is kept already. */
  #noted = 0;
  #keptNotes = 0;
  #told = false;

  /** Keeps `lab` under that id; `kept`: the iteration at which it is kept already, 0 for none. */
  constructor(
    store: CheckpointStore,
    id: string,
    lab: Lab,
    kept: number,
    post: (report: Report) => void,
  ) {
    this.#store = store;
    this.#id = id;
    this.#lab = lab;
    this.#kept = kept;
    this.#post = post;
  }

  /** To be called while training: keeps the run when it is time. */
  tick(): void {
    if (this.#busy || performance.now() < this.#next) return;
    void this.keep();
  }

  /** Something is new that no iteration brought: the next checkpoint has to be written. */
  noteChange(): void {
    this.#noted += 1;
  }

  /** The same, for what nobody would bring again: keeps it as soon as it can. Never rejects. */
  keepChange(): Promise<void> {
    this.noteChange();
    // What is noted while another checkpoint is written is kept by one more, however much it is.
    this.#queue = this.#queue.then(() =>
      this.#noted > this.#keptNotes ? this.#keep() : undefined,
    );
    return this.#queue;
  }

  /** Keeps the run as it stands, unless it is kept so already. Never rejects. */
  keep(): Promise<void> {
    this.#queue = this.#queue.then(() => this.#keep());
    return this.#queue;
  }

  /** Removes what is kept of the run. Never rejects. */
  forget(): Promise<void> {
    this.#queue = this.#queue.then(() => this.#store.remove(this.#id).catch(() => undefined));
    return this.#queue;
  }

  async #keep(): Promise<void> {
    const iteration = iterationOf(this.#lab);
    const noted = this.#noted;
    if (iteration === this.#kept && noted === this.#keptNotes) return;
    this.#busy = true;
    try {
      const { arms } = this.#lab;
      const checkpoint = await this.#lab.checkpoint();
      await this.#store.save(
        this.#id,
        writeCheckpoint(checkpoint),
        aboutRun(arms.length, iteration),
      );
      this.#kept = iteration;
      this.#keptNotes = noted;
      this.#told = false;
      this.#post({ type: 'saved', iteration, at: new Date().toISOString() });
      await this.#prune();
    } catch (error) {
      this.#tell(error);
    } finally {
      this.#next = performance.now() + INTERVAL;
      this.#busy = false;
    }
  }

  /** Drops the oldest runs. */
  async #prune(): Promise<void> {
    const kept = await this.#store.list();
    for (const { id } of kept.slice(MOST_RUNS)) await this.#store.remove(id);
  }

  #tell(error: unknown): void {
    if (this.#told) return;
    this.#told = true;
    const full = error instanceof QuotaError;
    this.#post({
      type: 'notice',
      code: full ? 'quota' : 'no-storage',
      command: null,
      arm: null,
      message: reasonOf(error),
      advice: full ? error.advice : 'Training goes on, but it is lost when this page is closed.',
    });
  }
}

/** The iteration that a lab's furthest arm has come to. */
export const iterationOf = ({ arms }: Pick<Lab, 'arms'>): number =>
  Math.max(0, ...arms.map(({ iteration }) => iteration));

const aboutRun = (arms: number, iteration: number): string =>
  `${arms === 1 ? 'one arm' : `${arms} arms`}, iteration ${iteration}`;

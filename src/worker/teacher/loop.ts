import type { TeacherEasel } from '../../training/easel';
import type { LossRow } from '../../training/lossLog';
import type { TeacherRun } from '../../training/teacherRun';
import type { TeacherReport } from './protocol';

/** Pictures of a drawing, and the guidance scales that it is made at. */
export const SHOWN_PICTURES = 8;
export const SHOWN_GUIDANCES = [1, 3] as const;

/** Seconds between two checkpoints. */
const SAVE_EVERY = 60;
/** Milliseconds between two reports of losses, between two looks at the clock, and two drawings. */
const REPORT_EVERY = 100;
const LOOK_EVERY = 1000;
const DRAW_EVERY = 8000;
/** Drawing takes no more than one part in so many of the time. */
const DRAWING_SHARE = 10;

/** What a loop tells the host. */
export interface LoopEvents {
  readonly post: (report: TeacherReport) => void;
  /** All steps are done. */
  readonly onDone: () => void;
  readonly onFailure: (error: unknown) => void;
}

/** Trains in the background: reports losses, draws pictures, and can be held at any step. */
export class TrainingLoop {
  readonly run: TeacherRun;
  readonly #easel: TeacherEasel;
  readonly #events: LoopEvents;
  #stop: AbortController | undefined;
  #running: Promise<void> = Promise.resolve();
  #reported: number;
  #nextReport = 0;
  #nextDrawing = 0;
  #since = { time: 0, step: 0 };
  #now: LossRow | undefined;

  constructor(run: TeacherRun, easel: TeacherEasel, events: LoopEvents) {
    this.run = run;
    this.#easel = easel;
    this.#events = events;
    this.#reported = run.rows.length;
  }

  get isRunning(): boolean {
    return this.#stop !== undefined;
  }

  /** Trains on until it is held, done, or fails. */
  resume(): void {
    if (this.#stop || this.run.isDone) return;
    const stop = new AbortController();
    this.#stop = stop;
    this.#since = { time: performance.now(), step: this.run.step };
    this.#running = this.#train(stop.signal).catch((error: unknown) => {
      this.#stop = undefined;
      this.#events.onFailure(error);
    });
  }

  /** Resolves when training stands still, and is kept. */
  async hold(): Promise<void> {
    this.#stop?.abort();
    await this.#running;
    this.#stop = undefined;
  }

  /** Draws the teacher as it is. */
  async draw(): Promise<void> {
    const begin = performance.now();
    const { shape } = this.#easel;
    for (const guidance of SHOWN_GUIDANCES) {
      const { step } = this.run;
      const images = await this.#easel.draw(this.run.trainer.average, guidance);
      this.#events.post({ type: 'samples', step, guidance, images, shape });
    }
    const end = performance.now();
    this.#nextDrawing = end + Math.max(DRAW_EVERY, DRAWING_SHARE * (end - begin));
  }

  /** Frees the networks. Hold it first. */
  async destroy(): Promise<void> {
    await this.#easel.destroy();
    this.run.destroy();
  }

  async #train(stop: AbortSignal): Promise<void> {
    const { post } = this.#events;
    while (!stop.aborted && !this.run.isDone) {
      const { time, step } = this.#since;
      const perMillisecond = (this.run.step - step) / Math.max(performance.now() - time, 1);
      await this.run.train({
        until: this.run.step + Math.max(1, Math.round(LOOK_EVERY * perMillisecond)),
        stop,
        saveEvery: SAVE_EVERY,
        onStep: (row) => {
          this.#note(row);
        },
        onSave: (saved) => {
          post({ type: 'saved', step: saved });
        },
        onFull: ({ message, advice }) => {
          post({ type: 'notice', code: 'quota', message, advice });
        },
      });
      if (performance.now() >= this.#nextDrawing) await this.draw();
    }
    this.#report();
    if (!this.run.isDone) return;
    await this.draw();
    this.#stop = undefined;
    this.#events.onDone();
  }

  #note(row: LossRow): void {
    this.#now = row;
    if (performance.now() >= this.#nextReport) this.#report();
  }

  #report(): void {
    if (!this.#now) return;
    this.#nextReport = performance.now() + REPORT_EVERY;
    const rows = this.run.rows.slice(this.#reported);
    this.#reported += rows.length;
    const { time, step } = this.#since;
    const seconds = Math.max((performance.now() - time) / 1000, 1e-3);
    this.#events.post({
      type: 'losses',
      now: this.#now,
      rows,
      stepsPerSecond: (this.#now.step - step) / seconds,
    });
  }
}

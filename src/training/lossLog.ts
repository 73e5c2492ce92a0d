import { z } from 'zod';
import type { StepFigures } from './teacherTrainer';

/** Losses are told apart by time in this many bins of equal width, from noise (0) to clean (1). */
export const LEVELS = 10;

/** Once a running mean has this many values, older ones fade. */
const WINDOW = { steps: 100, images: 2000 } as const;
/** Rows that a whole training leaves, at most. */
const ROWS = 400;

const meanSchema = z.strictObject({ count: z.int().nonnegative(), value: z.number() });
const loss = z.number().nullable();

/** What the losses were at a step: running means. */
const lossRowSchema = z.strictObject({
  step: z.int().positive(),
  loss: z.number(),
  /** By time, from noise to clean; null where no image was shown yet. */
  levels: z.array(loss).length(LEVELS),
});

export const lossLogSchema = z.strictObject({
  overall: meanSchema,
  levels: z.array(meanSchema).length(LEVELS),
  rows: z.array(lossRowSchema),
});

type RunningMean = z.output<typeof meanSchema>;

export type LossRow = z.output<typeof lossRowSchema>;

/** A log as plain data. */
export type LossLogData = z.output<typeof lossLogSchema>;

/** The plain mean of the first `window` values, from then on an exponential one. */
const follow = ({ count, value }: RunningMean, next: number, window: number): RunningMean => {
  const seen = Math.min(count + 1, window);
  return { count: seen, value: value + (next - value) / seen };
};

/** The bin of a time in [0, 1]. */
export const levelOf = (time: number): number =>
  Math.min(LEVELS - 1, Math.max(0, Math.floor(time * LEVELS)));

const nothing = (): RunningMean => ({ count: 0, value: 0 });

/** Losses over steps and times, as running means; what it holds depends on the steps alone. */
export class LossLog {
  readonly #every: number;
  #overall: RunningMean;
  readonly #levels: RunningMean[];
  readonly #rows: LossRow[];

  /** A log of a training of `steps` steps, empty or as it was kept. */
  constructor(steps: number, kept?: LossLogData) {
    this.#every = Math.ceil(steps / ROWS);
    this.#overall = kept?.overall ?? nothing();
    this.#levels = kept ? [...kept.levels] : Array.from({ length: LEVELS }, nothing);
    this.#rows = kept ? [...kept.rows] : [];
  }

  get rows(): readonly LossRow[] {
    return this.#rows;
  }

  /** Takes the figures of the next step; returns where the means stand now. */
  note({ step, loss, losses, times }: StepFigures): LossRow {
    this.#overall = follow(this.#overall, loss, WINDOW.steps);
    losses.forEach((one, image) => {
      const level = levelOf(times[image] ?? 0);
      this.#levels[level] = follow(this.#levels[level] ?? nothing(), one, WINDOW.images);
    });
    const row = this.#row(step);
    if (step % this.#every === 0) this.#rows.push(row);
    return row;
  }

  toData(): LossLogData {
    return { overall: this.#overall, levels: [...this.#levels], rows: [...this.#rows] };
  }

  #row(step: number): LossRow {
    return {
      step,
      loss: this.#overall.value,
      levels: this.#levels.map(({ count, value }) => (count > 0 ? value : null)),
    };
  }
}

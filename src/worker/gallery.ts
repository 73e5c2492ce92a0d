import type { GridSource, Lab } from '../lab/lab';
import { Metronome } from './metronome';
import type { GridOrder } from './protocol/commands';
import type { Report } from './protocol/reports';

/** At most four rows of pictures a second, and pictures take at most a fifth of the time. */
const INTERVAL = 250;
const SHARE = 5;
/** Most of the time goes by waiting for rounds; a slow adapter is to show something, too. */
const LONGEST_REST = 3000;

/** Draws the grids of a lab and reports them. */
export class Gallery {
  readonly #lab: Lab;
  readonly #post: (report: Report) => void;
  readonly #clock = new Metronome(INTERVAL);
  #orderId: number;
  /** What is drawn last; it never rejects. */
  #queue: Promise<void> = Promise.resolve();
  #busy = false;
  #closed = false;
  /** Iteration of each arm's last picture of the present order. */
  readonly #drawn = new Map<GridSource, number>();

  constructor(lab: Lab, order: GridOrder, post: (report: Report) => void) {
    this.#lab = lab;
    this.#post = post;
    this.#orderId = order.id;
  }

  /** Draws the arms between two rounds, unless the last pictures are still being drawn or rest. */
  async drawWhileTraining(): Promise<void> {
    if (this.#busy || !this.#clock.tick()) return;
    const start = performance.now();
    await this.drawArms();
    this.#clock.rest(Math.min((performance.now() - start) * SHARE, LONGEST_REST));
  }

  /** Draws every arm whose last picture is not of its present state, all as they are at once. */
  drawArms(): Promise<void> {
    return this.#enqueue(() => this.#lab.arms.map(({ id }) => id));
  }

  /** Draws what the arms are compared with, as far as it is not drawn yet. */
  async drawReferences(onProgress: (done: number, total: number) => void): Promise<void> {
    const due = this.#lab.references.filter((source) => !this.#drawn.has(source));
    for (const [done, source] of due.entries()) {
      onProgress(done, due.length);
      await this.#enqueue(() => [source]);
    }
    if (due.length > 0) onProgress(due.length, due.length);
  }

  /** Changes prompts and noise of all grids; what was drawn before is drawn no more. */
  async change(order: GridOrder): Promise<void> {
    await this.#queue;
    this.#orderId = order.id;
    this.#drawn.clear();
    await this.#lab.setGrid(order);
  }

  /** Draws and reports nothing more; resolves when nothing is being drawn. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#queue;
  }

  #enqueue(sources: () => readonly GridSource[]): Promise<void> {
    const drawing = this.#queue.then(async () => {
      this.#busy = true;
      try {
        await Promise.all(sources().map((source) => this.#draw(source)));
      } finally {
        this.#busy = false;
      }
    });
    this.#queue = drawing.catch(() => undefined);
    return drawing;
  }

  async #draw(source: GridSource): Promise<void> {
    const iteration = this.#iterationOf(source);
    if (this.#closed || iteration === undefined || this.#drawn.get(source) === iteration) return;
    const orderId = this.#orderId;
    const { gridShape: shape } = this.#lab;
    const { images, missing } =
      source === 'realImages'
        ? this.#lab.real()
        : { images: await this.#lab.draw(source), missing: [] };
    if (this.#isClosed()) return;
    this.#drawn.set(source, iteration);
    this.#post({ type: 'samples', source, iteration, orderId, images, shape, missing });
  }

  /** A question, since it may have been closed while it drew. */
  #isClosed(): boolean {
    return this.#closed;
  }

  /** Undefined for an arm that was removed while it waited for its turn. */
  #iterationOf(source: GridSource): number | undefined {
    if (this.#lab.references.includes(source)) return 0;
    return this.#lab.arms.find(({ id }) => id === source)?.iteration;
  }
}

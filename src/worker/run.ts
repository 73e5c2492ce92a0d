import type { IterationFigures } from '../distill/figures';
import type { Solo } from '../distill/solo';
import type { LoadOnnxRuntime } from '../interchange/onnx/session';
import type { ArmId } from '../lab/config';
import type { CheckpointStore } from '../lab/checkpointStore';
import { findExperiment } from '../lab/experiments/registry';
import type { Lab } from '../lab/lab';
import type { EvaluationRow, Vote } from '../lab/record';
import { Gallery } from './gallery';
import { Journal } from './journal';
import { Keeper } from './keeper';
import { Metronome } from './metronome';
import type { GridOrder, InspectionOrder } from './protocol/commands';
import type { Report, RunState, Verdicts } from './protocol/reports';
import { RunLoop } from './runLoop';
import { TakeHome } from './takeHome';

/** At most ten reports of metrics a second. */
const METRICS_INTERVAL = 100;
/** Milliseconds between two verdicts on the experiment's claims. */
const VERDICTS_INTERVAL = 2000;

export interface RunOptions {
  readonly lab: Lab;
  readonly grid: GridOrder;
  readonly store: CheckpointStore;
  readonly onnx: LoadOnnxRuntime;
  /** Under which the run is kept. */
  readonly id: string;
  /** Iteration at which it is kept already; 0 for none. */
  readonly kept: number;
  readonly experiment: string | null;
  readonly post: (report: Report) => void;
  /** Something failed that leaves nothing to go on with. */
  readonly onFailure: (error: unknown) => void;
}

type Round = ReadonlyMap<ArmId, IterationFigures>;

/** One lab in training: its rounds, pictures, checkpoints and reports. Owns the lab. */
export class LabRun {
  readonly lab: Lab;
  readonly gallery: Gallery;
  readonly keeper: Keeper;
  readonly takeHome: TakeHome;
  readonly #options: RunOptions;
  readonly #journal = new Journal();
  readonly #loop: RunLoop<Round>;
  readonly #metrics = new Metronome(METRICS_INTERVAL);
  readonly #verdicts = new Metronome(VERDICTS_INTERVAL);
  /** What the rounds asked for update alone; null: everything. */
  #solo: Solo | null = null;
  /** Whether it was told what students are compared with. */
  #told = false;
  #halted = '';
  #judged = '';

  constructor(options: RunOptions) {
    const { lab, grid, store, id, kept, onnx, post } = options;
    this.#options = options;
    this.lab = lab;
    this.gallery = new Gallery(lab, grid, post);
    this.keeper = new Keeper(store, id, lab, kept, post);
    this.takeHome = new TakeHome(lab, onnx, post);
    this.#loop = new RunLoop(() => lab.iterate(undefined, this.#solo), {
      onRound: (round) => {
        this.#note(round);
      },
      onEnd: (error) => {
        this.#end(error);
      },
    });
  }

  /** Takes down a measurement of an arm. */
  noteEvaluation(arm: ArmId, row: EvaluationRow): void {
    this.#journal.noteEvaluation(arm, row);
    this.#reportStandards();
    this.#report(true);
    this.#judge(true);
  }

  /** Takes down a person's vote and keeps it; it may settle a claim. */
  vote(vote: Vote): void {
    this.lab.vote(vote);
    void this.keeper.keepChange();
    this.#options.post({ type: 'votes', votes: this.lab.votes });
    this.#judge(true);
  }

  /** Runs so many rounds, one after another; with a `solo`, of that network alone. */
  resume(rounds = Infinity, solo: Solo | null = null): void {
    this.#solo = solo;
    this.#state('running');
    this.#loop.run(rounds);
  }

  /** No further rounds from now on. */
  pause(): void {
    this.#loop.pause();
  }

  /** Pauses, and resolves when the last round has reported. */
  idle(): Promise<void> {
    return this.#loop.idle();
  }

  /** Takes down that somebody changed the arms, and tells them as they are. */
  noteArms(): void {
    this.keeper.noteChange();
    this.reportArms();
  }

  /** Tells all arms as they are. */
  reportArms(): void {
    const { arms } = this.lab;
    this.#halted = haltedOf(this.lab);
    this.#options.post({ type: 'arms', arms });
  }

  /** Draws what the arms are compared with, as far as it is not drawn yet, and tells how far it is. */
  drawReferences(): Promise<void> {
    return this.gallery.drawReferences((done, total) => {
      this.#options.post({ type: 'progress', stage: 'sampling', done, total });
    });
  }

  /** Drops what is known of an arm that was removed. */
  forgetArm(arm: ArmId): void {
    this.#journal.forget(arm);
  }

  /** Looks at one picture of one arm, as it is now. */
  async inspect(order: InspectionOrder): Promise<void> {
    const iteration = this.lab.arms.find(({ id }) => id === order.arm)?.iteration ?? 0;
    const inspection = await this.lab.inspect(order.arm, order.sample, order.tau);
    this.#options.post({ type: 'inspection', order, iteration, inspection });
  }

  /** Stops for good and says nothing more; for a device that is gone. */
  abandon(): void {
    this.#loop.abandon();
    void this.gallery.close();
  }

  /** Ends the run and frees its memory. */
  async destroy(): Promise<void> {
    await this.idle();
    await this.gallery.close();
    try {
      await this.takeHome.destroy();
    } finally {
      await this.lab.destroy();
    }
  }

  #note(round: Round): void {
    this.#journal.note(round);
    this.#report();
    this.#judge();
    if (haltedOf(this.lab) !== this.#halted) this.reportArms();
    this.keeper.tick();
    this.gallery.drawWhileTraining().catch((error: unknown) => {
      this.pause();
      this.#options.onFailure(error);
    });
  }

  #end(error: unknown): void {
    this.#report(true);
    this.#judge(true);
    if (error !== undefined) {
      this.#options.onFailure(error);
      return;
    }
    this.reportArms();
    this.#state('paused');
    // A held student is shown as it is, not as it was at the last picture.
    this.gallery.drawArms().catch(this.#options.onFailure);
    void this.keeper.keep();
  }

  #report(atOnce = false): void {
    if (!this.#metrics.tick(atOnce)) return;
    const arms = this.#journal.take();
    if (Object.keys(arms).length === 0) return;
    this.#options.post({
      type: 'metrics',
      arms,
      iterationsPerSecond: this.#loop.roundsPerSecond,
      memoryBytes: this.lab.memoryBytes,
    });
  }

  #reportStandards(): void {
    const { standards } = this.lab;
    if (this.#told || standards === null) return;
    this.#told = true;
    this.#options.post({ type: 'standards', standards });
  }

  /** Judges the experiment's claims by the record so far, and tells what has changed. */
  #judge(atOnce = false): void {
    const { experiment, post } = this.#options;
    const claims = experiment === null ? [] : (findExperiment(experiment)?.claims ?? []);
    if (claims.length === 0 || !this.#verdicts.tick(atOnce)) return;
    const record = this.lab.record();
    const verdicts: Verdicts = Object.fromEntries(
      claims.map(({ id, judge }) => [id, judge(record)]),
    );
    const text = JSON.stringify(verdicts);
    if (text === this.#judged) return;
    this.#judged = text;
    post({ type: 'verdicts', verdicts });
  }

  #state(state: RunState): void {
    this.#options.post({ type: 'state', state });
  }
}

/** The arms that are halted, to compare by. */
const haltedOf = ({ arms }: Lab): string =>
  JSON.stringify(arms.filter(({ status }) => status === 'halted').map(({ id }) => id));

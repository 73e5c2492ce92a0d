import type { DistillConfig } from '../distill/config';
import type { IterationFigures } from '../distill/figures';
import type { TrainerState } from '../distill/state';
import type { Solo } from '../distill/solo';
import type { Trainer } from '../distill/trainer';
import type { CompileProgress } from '../graph/engine';
import type { DispatchTimer } from '../graph/executable';
import { armConfigOf, distillConfigOf, type ArmConfig, type ArmId } from './config';
import { haltReason, isFiniteState, notFinite, type HaltReason } from './halts';
import { Ledger } from './ledger';
import type { ArmRecord, Halt } from './record';

/** Iterations between two copies of an arm's state, to which it returns when it must halt. */
export const KEEP_EVERY = 25;

/** An arm as others see it. */
export interface ArmView {
  readonly id: ArmId;
  readonly name: string;
  readonly config: ArmConfig;
  /** Iterations submitted. */
  readonly iteration: number;
  readonly status: 'training' | 'halted';
  readonly halt?: Halt;
}

/** An arm's state, and what was written down of it until then. */
export interface FrozenArm {
  readonly record: ArmRecord;
  readonly state: TrainerState;
}

/**
 * One student of a lab: its trainer, what is written down of it, and its last good state. What
 * happens to it depends on its own iterations only.
 */
export class Arm {
  readonly id: ArmId;
  name: string;
  readonly trainer: Trainer;
  #ledger: Ledger;
  #halt: Halt | undefined;
  #lastGood: TrainerState;
  /** Figures, copies and halts are dealt with in the order of their submission. */
  #tail: Promise<void> = Promise.resolve();
  #era = 0;
  /** Changes take effect in the order in which they were asked for, however long each compiles. */
  #changes: Promise<void> = Promise.resolve();
  /** The last evaluation begun; it never rejects. */
  #evaluation: Promise<void> = Promise.resolve();
  /** The configuration that was written down last. */
  #noted: DistillConfig | undefined;

  /** Takes over a trainer that stands at `state`; `record`: of an arm that goes on. */
  constructor(
    spec: { readonly id: ArmId; readonly name: string },
    trainer: Trainer,
    state: TrainerState,
    record?: ArmRecord,
  ) {
    this.id = spec.id;
    this.name = spec.name;
    this.trainer = trainer;
    this.#lastGood = state;
    const ledger = new Ledger(record);
    // A halted arm's record tells what became of it after its last good state.
    this.#ledger = record?.halt ? ledger : ledger.upTo(trainer.iteration);
    this.#halt = record?.halt;
    this.#noteConfig();
  }

  /** Raised by every halt: what was submitted in an earlier era means nothing any more. */
  get era(): number {
    return this.#era;
  }

  get halted(): boolean {
    return this.#halt !== undefined;
  }

  /** Resolves when no evaluation of this arm is under way. */
  get evaluated(): Promise<void> {
    return this.#evaluation;
  }

  get ledger(): Ledger {
    return this.#ledger;
  }

  view(): ArmView {
    return {
      id: this.id,
      name: this.name,
      config: armConfigOf(this.trainer.config),
      iteration: this.trainer.iteration,
      status: this.halted ? 'halted' : 'training',
      ...(this.#halt && { halt: this.#halt }),
    };
  }

  record(): ArmRecord {
    return recordOf(this.view(), this.#ledger);
  }

  /**
   * Submits one iteration, or a `solo`'s update alone, and calls `onSubmitted` together with that;
   * resolves to its figures, or to null when they end in a halt.
   */
  iterate(
    timer?: DispatchTimer,
    onSubmitted: () => void = () => undefined,
    solo: Solo | null = null,
  ): Promise<IterationFigures | null> {
    this.#noteConfig();
    const era = this.#era;
    let saving: Promise<TrainerState> | undefined;
    const onLast = (): void => {
      if (this.trainer.iteration % KEEP_EVERY === 0) saving = this.trainer.save();
      saving?.catch(() => undefined);
      onSubmitted();
    };
    const submitted = this.trainer.iterate(timer, onLast, solo);
    const figures = this.#inTurn(async () => this.#take(await submitted, era));
    // Where it fails before its turn has come, it is heard then.
    submitted.catch(() => undefined);
    void this.#inTurn(() => this.#keep(saving, era)).catch(() => undefined);
    return figures;
  }

  /** Changes the configuration; a halted arm goes on from its last good state. */
  configure(config: ArmConfig, onProgress?: CompileProgress): Promise<void> {
    const change = this.#changes.then(() => this.#configure(config, onProgress));
    this.#changes = change.catch(() => undefined);
    return change;
  }

  async #configure(config: ArmConfig, onProgress?: CompileProgress): Promise<void> {
    await this.trainer.configure(distillConfigOf(this.trainer.config, config), onProgress);
    await this.#inTurn(() => Promise.resolve());
    if (this.#halt) {
      // The iterations after the last good state are undone, and will be done again.
      this.#ledger = this.#ledger.upTo(this.trainer.iteration);
      this.#halt = undefined;
    }
    this.#noteConfig();
  }

  /**
   * State and record as of the iterations submitted so far; training goes on meanwhile. An
   * evaluation under way is part of it when it is waited for.
   */
  async freeze(evaluation: Promise<void> = this.#evaluation): Promise<FrozenArm> {
    const saving = this.trainer.save();
    saving.catch(() => undefined);
    const before = this.view();
    const ledger = await this.#inTurn(() => Promise.resolve(this.#ledger.upTo(before.iteration)));
    const state = await saving;
    await evaluation;
    if (!isFiniteState(state)) await this.halt(notFinite('weights'), before.iteration);
    if (this.#halt) return { record: this.record(), state: this.#lastGood };
    const { evaluations, snapshots } = this.#ledger.upTo(before.iteration).entries();
    const entries = { ...ledger.entries(), evaluations, snapshots };
    return { record: recordOf(before, new Ledger(entries)), state };
  }

  /** Follows an evaluation of this arm, so that others can wait for it. */
  follow(evaluation: Promise<unknown>): void {
    const before = this.#evaluation;
    this.#evaluation = evaluation.then(
      () => before,
      () => before,
    );
  }

  /** Halts the arm because of what was seen of it at an iteration; its last good state returns. */
  halt(reason: HaltReason, iteration: number): Promise<void> {
    return this.#inTurn(() => this.#stop(reason, iteration));
  }

  /** Resolves when all that was submitted is dealt with, and every change asked for is made. */
  async settled(): Promise<void> {
    await this.#changes;
    await this.#inTurn(() => Promise.resolve());
  }

  destroy(): void {
    this.trainer.destroy();
  }

  async #take(figures: IterationFigures, era: number): Promise<IterationFigures | null> {
    if (era !== this.#era) return null;
    const reason = haltReason(figures);
    if (reason) {
      await this.#stop(reason, figures.iteration);
      return null;
    }
    this.#ledger.noteFigures(figures);
    return figures;
  }

  /** Puts the state, where it was copied, to where a halt finds it. */
  async #keep(saving: Promise<TrainerState> | undefined, era: number): Promise<void> {
    const state = await saving;
    if (state && era === this.#era && isFiniteState(state)) this.#lastGood = state;
  }

  async #stop({ reason, advice }: HaltReason, iteration: number): Promise<void> {
    if (this.#halt) return;
    this.#era++;
    this.#halt = { iteration, reason, advice };
    await this.trainer.restore(this.#lastGood);
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#tail.then(work);
    this.#tail = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }

  /** The trainer alone knows when a change took effect. */
  #noteConfig(): void {
    const { config, iteration } = this.trainer;
    if (config === this.#noted) return;
    this.#noted = config;
    this.#ledger.noteConfig(iteration, armConfigOf(config));
  }
}

const recordOf = ({ iteration: _, ...view }: ArmView, ledger: Ledger): ArmRecord => ({
  ...view,
  ...ledger.entries(),
});

import type { IterationFigures } from '../distill/figures';
import type { Solo } from '../distill/solo';
import type { DispatchTimer } from '../graph/executable';
import type { Arm } from './arm';
import type { ArmId } from './config';
import { StoppedError, type Evaluator } from './evaluation';
import type { EvaluationOptions } from './evaluationOptions';
import { notFinite } from './halts';
import type { LabEvents } from './labOptions';
import type { EvaluationRow } from './record';
import { studentParameters } from './studentFile';

/** Submits the rounds of a lab and begins evaluations when they are due. */
export class Rounds {
  readonly #evaluator: Evaluator;
  readonly #options: EvaluationOptions;
  readonly #events: LabEvents;
  /** Rounds are submitted one after another. */
  #turn: Promise<void> = Promise.resolve();
  /** An evaluation's failure that nobody was told of. */
  #failure: { readonly error: unknown } | undefined;

  constructor(evaluator: Evaluator, options: EvaluationOptions, events: LabEvents) {
    this.#evaluator = evaluator;
    this.#options = options;
    this.#events = events;
  }

  /** Resolves when every round asked for is submitted. */
  get submitted(): Promise<void> {
    return this.#turn;
  }

  /**
   * One iteration of each of the arms there are when its turn comes, except halted ones; or the
   * update of a `solo` alone.
   */
  iterate(
    arms: () => readonly Arm[],
    timer?: DispatchTimer,
    solo: Solo | null = null,
  ): Promise<ReadonlyMap<ArmId, IterationFigures>> {
    const training = (): Arm[] => arms().filter((arm) => !arm.halted);
    const round = this.between(async () => {
      await this.#makeRoom(training());
      const submitting = training();
      const figures = this.#submit(submitting, solo, timer);
      // A failure is heard with the figures.
      figures.catch(() => undefined);
      await Promise.all(submitting.map(({ trainer }) => trainer.submitted));
      // In a box: the next round waits for this one's submission, not for its figures.
      return { figures };
    });
    return round.then(({ figures }) => figures);
  }

  /** Does something between two rounds: those asked for later wait for it. */
  between<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#turn.then(work);
    this.#turn = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }

  /** Evaluates an arm as it is now; null when it had to halt for it. */
  evaluate(arm: Arm): Promise<EvaluationRow | null> {
    const { era, trainer } = arm;
    const { iteration, config } = trainer;
    const weights = studentParameters(trainer, this.#options.weights);
    const evaluation = this.#evaluator
      .evaluate(weights, config.student.steps)
      .then(async (evaluated) => {
        if (!evaluated) {
          // What was undone meanwhile does not end what the arm does now.
          if (era === arm.era) await arm.halt(notFinite('images'), iteration);
          return null;
        }
        const row = { iteration, ...evaluated.measurement };
        // What was undone meanwhile is not written down.
        if (era === arm.era) {
          arm.ledger.noteEvaluation(row, evaluated.png);
          this.#events.onEvaluation?.(arm.id, row);
        }
        return row;
      });
    arm.follow(evaluation);
    return evaluation;
  }

  /** Waits where an arm's next evaluation would come before its last one is done. */
  async #makeRoom(arms: readonly Arm[]): Promise<void> {
    const late = arms.filter(({ trainer }) => this.#isDue(trainer.iteration + 1));
    await Promise.all(late.map((arm) => arm.evaluated));
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure) throw failure.error;
  }

  async #submit(
    arms: readonly Arm[],
    solo: Solo | null,
    timer?: DispatchTimer,
  ): Promise<ReadonlyMap<ArmId, IterationFigures>> {
    const rounds = arms.map(async (arm): Promise<[ArmId, IterationFigures | null]> => {
      const { iteration } = arm.trainer;
      if (iteration === 0 && !arm.ledger.hasEvaluation(0)) this.#evaluateWhenDue(arm);
      const evaluate = (): void => {
        this.#evaluateWhenDue(arm);
      };
      const figures = await arm.iterate(timer, evaluate, solo);
      return [arm.id, figures];
    });
    const figures = await Promise.all(rounds);
    return new Map(figures.flatMap(([id, row]) => (row ? [[id, row] as const] : [])));
  }

  #isDue(iteration: number): boolean {
    const { every } = this.#options;
    return every > 0 && iteration % every === 0;
  }

  #evaluateWhenDue(arm: Arm): void {
    if (!this.#isDue(arm.trainer.iteration)) return;
    this.evaluate(arm).catch((error: unknown) => {
      if (error instanceof StoppedError) return;
      if (this.#events.onProblem) this.#events.onProblem(arm.id, error);
      else this.#failure = { error };
    });
  }
}

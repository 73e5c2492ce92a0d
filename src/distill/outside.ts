import type { Shape } from '../graph/shape';
import type { Tensor, Variable } from '../graph/tensor';

/** What a network outside of the graph is asked in a program: memory that both sides know. */
export interface Question {
  /** What the network is given: its samples (N, ...) and its times (N), in its own conventions. */
  readonly x: Variable;
  readonly t: Variable;
  /** Where its output goes (N, ...). */
  readonly answer: Variable;
  /** For each equal stretch of the N samples: whether it has the prompts, or the null prompt. */
  readonly prompted: readonly boolean[];
}

/**
 * A teacher's velocity that the graph cannot compute, because another runtime evaluates the network.
 * No gradient passes it. Programs are cut where it is asked: `staged.ts`.
 */
export interface OutsideVelocity {
  /** Shape of the network's output for a batch. */
  readonly answerShape: (batch: number) => Shape;
  /** Samples x (N, ...) at noise levels tau (N), 0 = noise, as the network takes them. */
  readonly ask: (x: Tensor, tau: Tensor) => { readonly x: Tensor; readonly t: Tensor };
  /** The velocity v = x - eps that its output at the same x and tau stands for. */
  readonly hear: (answer: Tensor, x: Tensor, tau: Tensor) => Tensor;
  /**
   * Evaluates the network under `rows`: prompts of one stretch as rows of the attribute table, row by
   * row. Once it resolves, work that is submitted finds the answer in its memory.
   */
  readonly evaluate: (question: Question, rows: Int32Array<ArrayBuffer>) => Promise<void>;
}

import { armOf } from './commandKinds';
import { describeFailure } from './failures';
import type { Command } from './protocol/commands';
import type { Explanation, NoticeCode, Report, RunState, Stage } from './protocol/reports';

/** Words of the host to the page: where the run stands, how far it is prepared, what went wrong. */
export class Voice {
  readonly post: (report: Report) => void;

  constructor(post: (report: Report) => void) {
    this.post = post;
  }

  state(state: RunState): void {
    this.post({ type: 'state', state });
  }

  progress(stage: Stage, done: number, total: number): void {
    this.post({ type: 'progress', stage, done, total });
  }

  /** Something that the run survives; `command`: what was refused. */
  notice(code: NoticeCode, { message, advice }: Explanation, command: Command | null = null): void {
    const arm = armOf(command);
    this.post({ type: 'notice', code, command: command?.type ?? null, arm, message, advice });
  }

  /** An error that ends the run. */
  failure(error: unknown): void {
    this.post({ type: 'error', ...describeFailure(error) });
    this.state('failed');
  }
}

import type { Solo } from '../../distill/solo';
import type { CompileProgress } from '../../graph/engine';
import type { ArmConfig } from '../../lab/config';
import type { MixtureLab } from '../../lab/mixture/mixtureLab';
import type { Halt } from '../../lab/record';
import { RunLoop } from '../runLoop';
import { Frames } from './frames';
import type { MixtureLook, MixtureReport } from './protocol';

export interface MixtureRunOptions {
  readonly lab: MixtureLab;
  readonly look: MixtureLook;
  readonly post: (report: MixtureReport) => void;
  /** Something failed that leaves nothing to go on with. */
  readonly onFailure: (error: unknown) => void;
}

/** One student in training: its iterations, frames and reports. Owns the lab. */
export class MixtureRun {
  readonly #options: MixtureRunOptions;
  readonly #loop: RunLoop<{ readonly size: number }>;
  readonly #frames: Frames;
  /** What follows the last iteration of a stretch: its frame, and the word that it has paused. */
  #ending: Promise<void> = Promise.resolve();
  /** What the iterations asked for update alone; null: everything. */
  #solo: Solo | null = null;
  /** The halt that was told of. */
  #told: Halt | undefined;
  #abandoned = false;

  constructor(options: MixtureRunOptions) {
    const { lab, look, post } = options;
    this.#options = options;
    this.#loop = new RunLoop(async () => ({ size: (await lab.iterate(this.#solo)) ? 1 : 0 }), {
      onRound: () => {
        this.#show();
      },
      onEnd: (error) => {
        this.#ending = this.#end(error);
      },
    });
    this.#frames = new Frames(lab, look, {
      onFrame: (frame) => {
        post({ type: 'frame', frame });
      },
      rate: () => (this.#loop.busy ? this.#loop.roundsPerSecond : 0),
    });
  }

  /**
   * Runs so many iterations, one after another, with a `solo` of that network alone; one that is halted
   * is told of anew.
   */
  async resume(iterations = Infinity, solo: Solo | null = null): Promise<void> {
    await this.#ending;
    this.#solo = solo;
    this.#told = undefined;
    if (this.#tellHalt()) return;
    this.#options.post({ type: 'state', state: 'running' });
    this.#loop.run(iterations);
  }

  /** No further iterations from now on. */
  pause(): void {
    this.#loop.pause();
  }

  /** Pauses, and resolves when the last iteration's frame is there. */
  async idle(): Promise<void> {
    await this.#loop.idle();
    await this.#ending;
  }

  /** Changes the configuration; a frame follows. */
  async configure(config: ArmConfig, onProgress: CompileProgress): Promise<void> {
    await this.#options.lab.configure(config, onProgress);
    this.#show();
  }

  /** Looks at something else; a frame follows, whether or not it trains. */
  look(look: MixtureLook): void {
    this.#frames.look = look;
    this.#show();
  }

  /** A frame of what is now; resolves when it is there. */
  show(): Promise<void> {
    return this.#frames.show();
  }

  /** Stops for good and says nothing more; for a device that is gone. */
  abandon(): void {
    this.#abandoned = true;
    this.#loop.abandon();
    void this.#frames.close();
  }

  /** Ends the run and frees its memory. */
  async destroy(): Promise<void> {
    await this.idle();
    await this.#frames.close();
    await this.#options.lab.destroy();
  }

  #show(): void {
    this.#frames.show().catch((error: unknown) => {
      this.#fail(error);
    });
  }

  async #end(error: unknown): Promise<void> {
    if (error !== undefined) {
      this.#fail(error);
      return;
    }
    try {
      await this.#frames.show();
    } catch (failure) {
      this.#fail(failure);
      return;
    }
    if (this.#abandoned) return;
    this.#tellHalt();
    this.#options.post({ type: 'state', state: 'paused' });
  }

  /** Tells of a halt, once; whether there is one. */
  #tellHalt(): boolean {
    const { halt } = this.#options.lab;
    if (halt && halt !== this.#told) {
      const { reason: message, advice } = halt;
      this.#options.post({ type: 'notice', message, advice });
    }
    this.#told = halt;
    return halt !== undefined;
  }

  #fail(error: unknown): void {
    this.pause();
    if (!this.#abandoned) this.#options.onFailure(error);
  }
}

import { z } from 'zod';
import { ConfigError } from '../../distill/config';
import type { Gpu } from '../../gpu/gpu';
import type { TuningStore } from '../../gpu/tuning';
import { Engine } from '../../graph/engine';
import { chooseKernels } from '../../graph/tune';
import { parseArmConfig, parseLabConfig } from '../../lab/config';
import { MixtureLab } from '../../lab/mixture/mixtureLab';
import { mixtureSchema, type Mixture } from '../../tasks/mixture/mixture';
import { DeviceKeeper } from '../device';
import { describeFailure } from '../failures';
import type {
  MixtureCommand,
  MixtureLook,
  MixtureReport,
  MixtureStage,
  MixtureState,
} from './protocol';
import { MixtureRun } from './run';

/** What the host gets from its surroundings, so that it runs in a Worker and in tests alike. */
export interface MixtureSurroundings {
  readonly gpu: GPU | undefined;
  readonly tuning: TuningStore;
}

type StartCommand = Extract<MixtureCommand, { type: 'start' }>;

/** Commands for which a run must hear at once that it is to pause; what follows waits its turn. */
const HOLDING: readonly MixtureCommand['type'][] = ['start', 'pause', 'step', 'stop'];
/** Commands after which a start that waits or is being prepared is of no use. */
const ENDING: readonly MixtureCommand['type'][] = ['start', 'stop'];
/** Commands that may be refused and leave the run as it was. */
const REFUSABLE: readonly MixtureCommand['type'][] = ['configure', 'look'];

/** A start made way for another command. */
class SupersededError extends Error {
  override readonly name = 'SupersededError';
}

/** Throws ConfigError for anything that is no mixture. */
const parseMixture = (input: unknown): Mixture => {
  const result = mixtureSchema.safeParse(input);
  if (result.success) return result.data;
  throw new ConfigError(`This mixture cannot be used: ${z.prettifyError(result.error)}`);
};

/** A class that the mixture has not is looked at as all. */
const lookAt = (look: MixtureLook, { classes }: Mixture): MixtureLook =>
  look.class !== null && look.class in classes ? look : { ...look, class: null };

/**
 * Answers the page's commands with one student of points at a time. The device and its compiled
 * programs outlive runs; a lost one is asked for anew.
 */
export class MixtureHost {
  readonly #post: (report: MixtureReport) => void;
  readonly #tuning: TuningStore;
  readonly #device: DeviceKeeper;
  #queue: Promise<void> = Promise.resolve();
  #engine: Engine | undefined;
  /** Of the last start or stop: the next one aborts it. */
  #last = new AbortController();
  #run: MixtureRun | undefined;
  #mixture: Mixture | undefined;

  constructor(post: (report: MixtureReport) => void, { gpu, tuning }: MixtureSurroundings) {
    this.#post = post;
    this.#tuning = tuning;
    this.#device = new DeviceKeeper(gpu, (error) => {
      this.#letGo();
      this.#engine = undefined;
      this.#tell(error);
    });
  }

  /** Takes a command; commands are carried out one after another, in order. */
  handle(command: MixtureCommand): void {
    if (HOLDING.includes(command.type)) this.#run?.pause();
    if (ENDING.includes(command.type)) {
      this.#last.abort(new SupersededError());
      this.#last = new AbortController();
    }
    const { signal } = this.#last;
    this.#queue = this.#queue.then(() => this.#carryOut(command, signal));
  }

  /** Resolves when all commands so far are carried out. For tests and orderly ends. */
  settled(): Promise<void> {
    return this.#queue;
  }

  async #carryOut(command: MixtureCommand, signal: AbortSignal): Promise<void> {
    try {
      await this.#obey(command, signal);
    } catch (error) {
      if (error instanceof SupersededError) return;
      // A device that is gone is told of by itself.
      if (await this.#device.isLost()) return;
      if (REFUSABLE.includes(command.type)) {
        const { message, advice } = describeFailure(error);
        this.#post({ type: 'notice', message, advice });
      } else {
        await this.#end(error);
      }
    }
  }

  async #obey(command: MixtureCommand, signal: AbortSignal): Promise<void> {
    const run = this.#run;
    switch (command.type) {
      case 'start':
        return this.#start(command, signal);
      case 'stop':
        await this.#stop();
        this.#state('idle');
        return;
      case 'configure':
        return run?.configure(parseArmConfig(command.config), (done, total) => {
          this.#progress('compiling', done, total);
        });
      case 'look':
        if (this.#mixture) run?.look(lookAt(command.look, this.#mixture));
        return;
      case 'run':
        return run?.resume();
      case 'pause':
        return run?.idle();
      case 'step':
        await run?.idle();
        return run?.resume(1, command.solo ?? null);
    }
  }

  async #start(command: StartCommand, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await this.#stop();
    this.#state('preparing');
    const mixture = parseMixture(command.mixture);
    const lab = await this.#prepare(command, mixture, signal);
    const run: MixtureRun = new MixtureRun({
      lab,
      look: lookAt(command.look, mixture),
      post: this.#post,
      onFailure: (error) => {
        if (this.#run !== run) return;
        // At once, so that what waits in the queue finds no run.
        this.#letGo();
        this.#queue = this.#queue.then(() => this.#end(error, run));
      },
    });
    this.#run = run;
    this.#mixture = mixture;
    const { info } = this.#device.current ?? { info: { name: '', vendor: '', software: false } };
    this.#post({
      type: 'ready',
      adapter: { name: info.name, vendor: info.vendor, software: info.software },
      memoryBytes: this.#engine?.memoryBytes ?? 0,
    });
    await run.show();
    if (command.run) await run.resume();
    else this.#state('paused');
  }

  async #prepare(
    { config, batch, seed }: StartCommand,
    mixture: Mixture,
    signal: AbortSignal,
  ): Promise<MixtureLab> {
    const student = { id: 'student', name: 'Student', config };
    const shared = parseLabConfig({ batch, seed, arms: [student] });
    this.#progress('device', 0, 1);
    const gpu = await this.#device.get();
    this.#progress('measuring', 0, 1);
    const engine = await this.#engineOf(gpu);
    return MixtureLab.create(engine, {
      mixture,
      config: shared.arms[0]?.config ?? parseArmConfig(config),
      batch: shared.batch,
      seed: shared.seed,
      control: {
        signal,
        onProgress: (done, total) => {
          this.#progress('fitting', done, total);
        },
      },
      onCompile: (done, total) => {
        this.#progress('compiling', done, total);
      },
    });
  }

  /** The engine of a device, with all that it has compiled for earlier runs. */
  async #engineOf(gpu: Gpu): Promise<Engine> {
    if (this.#engine?.gpu === gpu) return this.#engine;
    const engine = new Engine(gpu, await chooseKernels(gpu, this.#tuning));
    this.#engine = engine;
    return engine;
  }

  async #stop(): Promise<void> {
    const run = this.#run;
    this.#run = undefined;
    await run?.destroy();
  }

  /** Hears no more of the run; only a new start leads on. */
  #letGo(): MixtureRun | undefined {
    const run = this.#run;
    this.#run = undefined;
    run?.abandon();
    return run;
  }

  /**
   * Ends a run that failed, and frees its memory, unless the device is gone: that is told by itself,
   * and took the memory with it.
   */
  async #end(error: unknown, run = this.#letGo()): Promise<void> {
    if (await this.#device.isLost()) return;
    this.#tell(error);
    // What failed may fail again while it ends; that says nothing new.
    await run?.destroy().catch(() => undefined);
  }

  #tell(error: unknown): void {
    this.#post({ type: 'error', ...describeFailure(error) });
    this.#state('failed');
  }

  #state(state: MixtureState): void {
    this.#post({ type: 'state', state });
  }

  #progress(stage: MixtureStage, done: number, total: number): void {
    this.#post({ type: 'progress', stage, done, total });
  }
}

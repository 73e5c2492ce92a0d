import type { CheckpointStore } from '../lab/checkpointStore';
import { parseLabConfig } from '../lab/config';
import { parseEvaluationOptions } from '../lab/evaluationOptions';
import { Lab, type LabEvents } from '../lab/lab';
import { HOLDING, REFUSABLE } from './commandKinds';
import { DeviceKeeper } from './device';
import { describeFailure } from './failures';
import { iterationOf } from './keeper';
import { fetchCheckpoint } from './preparation';
import type { Command, GridOrder, RestoreCommand, StartCommand } from './protocol/commands';
import type { Report } from './protocol/reports';
import { LabRun } from './run';
import { steer } from './steering';
import { Voice } from './voice';
import { Workshop, type Supplies } from './workshop';

/** What the host gets from its surroundings, so that it runs in a Worker and in tests alike. */
export interface Surroundings extends Supplies {
  readonly gpu: GPU | undefined;
  readonly checkpoints: CheckpointStore;
}

/**
 * Answers the page's commands with one run at a time: prepares it, runs it and turns every failure
 * into a report. The device outlives runs; a lost one is asked for anew.
 */
export class LabHost {
  readonly #voice: Voice;
  readonly #checkpoints: CheckpointStore;
  readonly #surroundings: Surroundings;
  #queue: Promise<void> = Promise.resolve();
  readonly #device: DeviceKeeper;
  readonly #workshop: Workshop;
  #run: LabRun | undefined;
  /** The newest order of pictures. */
  #wanted: number | undefined;

  constructor(post: (report: Report) => void, surroundings: Surroundings) {
    this.#voice = new Voice(post);
    this.#checkpoints = surroundings.checkpoints;
    this.#surroundings = surroundings;
    this.#device = new DeviceKeeper(surroundings.gpu, (error) => {
      this.#letGo();
      this.#voice.failure(error);
      void this.#reportKept();
    });
    this.#workshop = new Workshop(surroundings, this.#device, this.#voice);
  }

  /** Takes a command; commands are carried out one after another, in order. */
  handle(command: Command): void {
    if (HOLDING.includes(command.type)) this.#run?.pause();
    if (command.type === 'sample') this.#wanted = command.grid.id;
    this.#queue = this.#queue.then(() => this.#carryOut(command));
  }

  /** Resolves when all commands so far are carried out. For tests and orderly ends. */
  settled(): Promise<void> {
    return this.#queue;
  }

  async #carryOut(command: Command): Promise<void> {
    try {
      await this.#obey(command);
    } catch (error) {
      if (REFUSABLE.includes(command.type)) await this.#refuse(command, error);
      else await this.#fail(error);
    }
  }

  async #obey(command: Command): Promise<void> {
    const run = this.#run;
    switch (command.type) {
      case 'start':
        return this.#start(command);
      case 'restore':
        return this.#restore(command);
      case 'stop':
        await this.#stop(true);
        this.#voice.state('idle');
        return;
      case 'examine':
        this.#voice.post({ type: 'examined', ...(await this.#workshop.examine(command)) });
        return;
      case 'list':
        return this.#reportKept();
      case 'forget':
        await this.#checkpoints.remove(command.checkpoint);
        return this.#reportKept();
      default:
        // Everything else is for a run; without one there is nothing to do it to.
        if (run && !this.#isOutdated(command)) await steer(run, command, this.#voice);
    }
  }

  /** Whoever chooses pictures quickly waits for the last choice only. */
  #isOutdated(command: Command): boolean {
    return command.type === 'sample' && command.grid.id !== this.#wanted;
  }

  async #start(command: StartCommand): Promise<void> {
    const { grid, experiment } = command;
    await this.#stop(false);
    this.#voice.state('preparing');
    const config = parseLabConfig(command.lab);
    const evaluation = parseEvaluationOptions(command.evaluation);
    const material = await this.#workshop.material(command, grid, this.#events());
    const lab = await Lab.create({ ...material, config, evaluation, experiment });
    await this.#open({ lab, grid, experiment, id: crypto.randomUUID(), restored: null });
  }

  async #restore(command: RestoreCommand): Promise<void> {
    const { checkpoint: id, grid } = command;
    await this.#stop(false);
    this.#voice.state('preparing');
    this.#voice.progress('restoring', 0, 1);
    const checkpoint = await fetchCheckpoint(this.#checkpoints, id);
    const material = await this.#workshop.material(command, grid, this.#events(), checkpoint);
    const lab = await Lab.restore(material, checkpoint);
    const { experiment } = checkpoint.record;
    await this.#open({ lab, grid, experiment, id, restored: checkpoint.record });
  }

  /** What a lab tells goes to the run that it is in by then. */
  #events(): LabEvents {
    return {
      onEvaluation: (arm, row) => this.#run?.noteEvaluation(arm, row),
      onProblem: (_arm, error) => {
        this.#voice.notice('refused', describeFailure(error));
      },
    };
  }

  async #open(options: {
    readonly lab: Lab;
    readonly grid: GridOrder;
    readonly experiment: string | null;
    readonly id: string;
    readonly restored: Extract<Report, { type: 'ready' }>['restored'];
  }): Promise<void> {
    const { lab, experiment, restored } = options;
    const run: LabRun = new LabRun({
      ...options,
      store: this.#checkpoints,
      onnx: this.#surroundings.onnx,
      kept: restored === null ? 0 : iterationOf(lab),
      post: this.#voice.post,
      onFailure: (error) => {
        if (this.#run !== run) return;
        // At once, so that what waits in the queue finds no run.
        this.#letGo();
        this.#queue = this.#queue.then(() => this.#fail(error, run));
      },
    });
    this.#run = run;
    const { info } = this.#device.current ?? { info: { name: '', vendor: '', software: false } };
    this.#voice.post({
      type: 'ready',
      adapter: { name: info.name, vendor: info.vendor, software: info.software },
      lab: lab.config,
      arms: lab.arms,
      experiment,
      parameterCount: lab.parameterCount,
      memoryBytes: lab.memoryBytes,
      targets: lab.targets,
      restored,
    });
    await run.gallery.drawArms();
    await run.drawReferences();
    run.resume();
  }

  /** Ends the run, if there is one; `forget`: for good. */
  async #stop(forget: boolean): Promise<void> {
    const run = this.#run;
    if (!run) {
      await this.#workshop.close();
      return;
    }
    await run.idle();
    this.#run = undefined;
    await (forget ? run.keeper.forget() : run.keeper.keep());
    await run.destroy();
    await this.#workshop.close();
    if (forget) await this.#reportKept();
  }

  /** Tells which runs are kept; where nothing can be, none are. */
  async #reportKept(): Promise<void> {
    const kept = await this.#checkpoints.list().catch(() => []);
    this.#voice.post({ type: 'checkpoints', kept });
  }

  /** Reports that a command changed nothing, unless the device is gone: that is told by itself. */
  async #refuse(command: Command, error: unknown): Promise<void> {
    if (await this.#device.isLost()) return;
    this.#voice.notice('refused', describeFailure(error), command);
  }

  /** Hears no more of the run: nothing that follows would mean anything, only a new start leads on. */
  #letGo(): LabRun | undefined {
    const run = this.#run;
    this.#run = undefined;
    run?.abandon();
    return run;
  }

  /**
   * Reports an error that ends the run, and frees its memory, unless the device is gone: that is told
   * by itself, and took the memory with it.
   */
  async #fail(error: unknown, run = this.#letGo()): Promise<void> {
    if (await this.#device.isLost()) return;
    this.#voice.failure(error);
    // What failed may fail again while it ends; that says nothing new.
    await run?.destroy().catch(() => undefined);
    await this.#workshop.close();
    await this.#reportKept();
  }
}

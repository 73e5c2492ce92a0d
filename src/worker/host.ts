import type { TuningStore } from '../gpu/tuning';
import type { KernelChoice } from '../graph/kernel';
import { chooseKernels } from '../graph/tune';
import type { LoadOnnxRuntime } from '../interchange/onnx/session';
import { imitatedOf, type LabCheckpoint } from '../lab/checkpoint';
import type { CheckpointStore } from '../lab/checkpointStore';
import { parseArmConfig, parseLabConfig } from '../lab/config';
import { Lab, type LabMaterial } from '../lab/lab';
import { parseForeignStart } from '../training/foreignStart';
import { bytesReport } from './bytesReport';
import { DeviceKeeper } from './device';
import { describeFailure } from './failures';
import { ForeignDesk } from './foreign';
import { armOf, HOLDING, REFUSABLE } from './commandKinds';
import { iterationOf } from './keeper';
import { fetchCheckpoint, fetchMaterial, fetchTask, type FetchFile } from './preparation';
import type {
  Command,
  GridOrder,
  Networks,
  RestoreCommand,
  StartCommand,
} from './protocol/commands';
import type { ExamineOrder } from './protocol/foreign';
import type { NoticeCode, Report, RunState, Stage } from './protocol/reports';
import { LabRun } from './run';

/** What the host gets from its surroundings, so that it runs in a Worker and in tests alike. */
export interface Surroundings {
  readonly gpu: GPU | undefined;
  readonly tuning: TuningStore;
  readonly checkpoints: CheckpointStore;
  /** Bytes behind a URL; rejects when there are none. */
  readonly fetchFile: FetchFile;
  /** Gets ONNX Runtime when a file is first to be run. */
  readonly onnx: LoadOnnxRuntime;
}

/**
 * Answers the page's commands with one run at a time: prepares it, runs it and turns every failure
 * into a report. The device outlives runs; a lost one is asked for anew.
 */
export class LabHost {
  readonly #post: (report: Report) => void;
  readonly #surroundings: Surroundings;
  #queue: Promise<void> = Promise.resolve();
  readonly #device: DeviceKeeper;
  readonly #foreign: ForeignDesk;
  #run: LabRun | undefined;
  /** The newest order of pictures. */
  #wanted: number | undefined;

  constructor(post: (report: Report) => void, surroundings: Surroundings) {
    this.#post = post;
    this.#surroundings = surroundings;
    this.#foreign = new ForeignDesk(surroundings.onnx);
    this.#device = new DeviceKeeper(surroundings.gpu, (error) => {
      this.#run?.abandon();
      this.#run = undefined;
      this.#post({ type: 'error', ...describeFailure(error) });
      this.#state('failed');
      void this.#reportKept();
    });
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
        this.#state('idle');
        return;
      case 'examine':
        return this.#examine(command);
      case 'list':
        return this.#reportKept();
      case 'forget':
        await this.#surroundings.checkpoints.remove(command.checkpoint);
        return this.#reportKept();
      default:
        // Everything else is for a run; without one there is nothing to do it to.
        if (run) await this.#steer(run, command);
    }
  }

  /** Carries out what is asked of a run. */
  async #steer(run: LabRun, command: Command): Promise<void> {
    const { lab } = run;
    switch (command.type) {
      case 'pause':
        return run.idle();
      case 'resume':
        run.resume();
        return;
      case 'step':
        await run.idle();
        run.resume(1, command.solo ?? null);
        return;
      case 'addArm': {
        const { id, name, config } = command.arm;
        await lab.addArm(
          { id, name, config: parseArmConfig(config ?? {}) },
          command.like ?? undefined,
        );
        run.reportArms();
        await run.gallery.drawArms();
        return this.#drawReferences(run);
      }
      case 'removeArm':
        await lab.removeArm(command.arm);
        run.forgetArm(command.arm);
        run.reportArms();
        return;
      case 'configureArm':
        await lab.configureArm(command.arm, parseArmConfig(command.config), (done, total) => {
          this.#progress('compiling', done, total);
        });
        run.reportArms();
        return this.#drawReferences(run);
      case 'renameArm':
        lab.renameArm(command.arm, command.name);
        run.reportArms();
        return;
      case 'sample':
        // Whoever chooses quickly waits for the last choice only.
        if (command.grid.id !== this.#wanted) return;
        await run.gallery.change(command.grid);
        await this.#drawReferences(run);
        return run.gallery.drawArms();
      case 'inspect':
        return run.inspect(command);
      case 'vote':
        run.vote(command.vote);
        return;
      case 'checkpoint':
        return run.keeper.keep();
      case 'export':
        return run.takeHome.export(command);
      case 'try':
        return run.takeHome.try(command);
      case 'weights':
        return run.takeHome.weights(command);
      case 'record':
        this.#post({ type: 'record', record: lab.record() });
        return;
    }
  }

  async #start(command: StartCommand): Promise<void> {
    const { lab: input, grid, evaluation, experiment } = command;
    await this.#stop(false);
    this.#state('preparing');
    const config = parseLabConfig(input);
    const material = await this.#material(command, grid);
    const lab = await Lab.create({ ...material, config, evaluation, experiment });
    await this.#open({ lab, grid, experiment, id: crypto.randomUUID(), restored: null });
  }

  async #restore(command: RestoreCommand): Promise<void> {
    const { checkpoint: id, grid } = command;
    await this.#stop(false);
    this.#state('preparing');
    this.#progress('restoring', 0, 1);
    const checkpoint = await fetchCheckpoint(this.#surroundings.checkpoints, id);
    const material = await this.#material(command, grid, checkpoint);
    const lab = await Lab.restore(material, checkpoint);
    const { experiment } = checkpoint.record;
    await this.#open({ lab, grid, experiment, id, restored: checkpoint.record });
  }

  /** Looks at a teacher made elsewhere; a run that is under way goes on. */
  async #examine(order: ExamineOrder): Promise<void> {
    const gpu = await this.#device.get();
    const { fetchFile, tuning } = this.#surroundings;
    const [task, choice] = [await fetchTask(order, fetchFile), await chooseKernels(gpu, tuning)];
    const examined = await this.#foreign.examine({ gpu, choice, task }, order);
    this.#post({ type: 'examined', ...examined });
  }

  /** What every lab needs, new or not; `kept`: what a run that goes on had. */
  async #material(networks: Networks, grid: GridOrder, kept?: LabCheckpoint): Promise<LabMaterial> {
    this.#progress('device', 0, 1);
    const gpu = await this.#device.get();
    const { fetchFile, tuning } = this.#surroundings;
    const measure = (): Promise<KernelChoice> => {
      this.#progress('measuring', 0, 1);
      return chooseKernels(gpu, tuning);
    };
    const files = await fetchMaterial(networks, {
      fetchFile,
      openForeign: async (order, task) => {
        const { steps } = parseForeignStart(order.start);
        const onStep = (step: number, error: number): void => {
          this.#progress('imitating', step, steps);
          this.#post({ type: 'imitation', step, steps, error });
        };
        const ground = { gpu, task, choice: await measure() };
        return this.#foreign.open(ground, order, { onStep }, kept && imitatedOf(kept));
      },
      onProgress: this.#progress.bind(this),
      onBytes: (stage) => bytesReport(this.#post, stage),
      onNoJudge: (reason) => {
        this.#notice('no-judge', {
          message: `The classifier that judges pictures could not be had: ${reason}.`,
          advice: 'Training goes on; prompt accuracy and distances are not measured.',
        });
      },
    });
    const choice = await measure();
    return {
      ...{ gpu, choice, grid, ...files },
      teacherId: networks.teacher.id,
      onProgress: (done, total) => {
        this.#progress('compiling', done, total);
      },
      onEvaluation: (arm, row) => this.#run?.noteEvaluation(arm, row),
      onProblem: (_arm, error) => {
        this.#notice('refused', describeFailure(error));
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
      store: this.#surroundings.checkpoints,
      onnx: this.#surroundings.onnx,
      kept: restored === null ? 0 : iterationOf(lab),
      post: this.#post,
      onFailure: (error) => {
        // Nothing that follows would mean anything: only a new start leads on.
        if (this.#run !== run) return;
        run.abandon();
        this.#run = undefined;
        void this.#fail(error);
      },
    });
    this.#run = run;
    const { info } = this.#device.current ?? { info: { name: '', vendor: '', software: false } };
    this.#post({
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
    await this.#drawReferences(run);
    run.resume();
  }

  #drawReferences({ gallery }: LabRun): Promise<void> {
    return gallery.drawReferences((done, total) => {
      this.#progress('sampling', done, total);
    });
  }

  /** Ends the run, if there is one; `forget`: for good. */
  async #stop(forget: boolean): Promise<void> {
    const run = this.#run;
    if (!run) {
      await this.#foreign.close();
      return;
    }
    await run.idle();
    this.#run = undefined;
    await (forget ? run.keeper.forget() : run.keeper.keep());
    await run.destroy();
    await this.#foreign.close();
    if (forget) await this.#reportKept();
  }

  /** Tells which runs are kept; where nothing can be, none are. */
  async #reportKept(): Promise<void> {
    const kept = await this.#surroundings.checkpoints.list().catch(() => []);
    this.#post({ type: 'checkpoints', kept });
  }

  #state(state: RunState): void {
    this.#post({ type: 'state', state });
  }

  #progress(stage: Stage, done: number, total: number): void {
    this.#post({ type: 'progress', stage, done, total });
  }

  #notice(
    code: NoticeCode,
    { message, advice }: { readonly message: string; readonly advice: string },
    command: Command | null = null,
  ): void {
    const arm = armOf(command);
    this.#post({ type: 'notice', code, command: command?.type ?? null, arm, message, advice });
  }

  /** Reports that a command changed nothing, unless the device is gone: that is told by itself. */
  async #refuse(command: Command, error: unknown): Promise<void> {
    if (await this.#device.isLost()) return;
    this.#notice('refused', describeFailure(error), command);
  }

  /** Reports an error that ends the run, unless the device is gone: that is told by itself. */
  async #fail(error: unknown): Promise<void> {
    if (await this.#device.isLost()) return;
    this.#post({ type: 'error', ...describeFailure(error) });
    this.#state('failed');
    await this.#reportKept();
  }
}

import type { TuningStore } from '../../gpu/tuning';
import { Engine, type CompileProgress } from '../../graph/engine';
import { chooseKernels } from '../../graph/tune';
import { QuotaError, type CheckpointStore } from '../../lab/checkpointStore';
import { introduceOwnTask } from '../../lab/own/source';
import { ditLayout } from '../../models/dit/parameters';
import { readTeacherCheckpoint, TeacherCheckpointError } from '../../training/checkpoint';
import { TeacherEasel } from '../../training/easel';
import { RecipeError, type TeacherRecipe } from '../../training/recipe';
import { measureStepTime } from '../../training/stepTime';
import { findTask } from '../../tasks/registry';
import { openImages, type ImageTask } from '../../tasks/task';
import { TeacherRun } from '../../training/teacherRun';
import type { Explanation } from '../protocol/reports';
import { DeviceKeeper } from '../device';
import { describeTeacherFailure } from './failures';
import { SHOWN_PICTURES, TrainingLoop } from './loop';
import {
  keptTrainingId,
  ownTeacherId,
  type TeacherCommand,
  type TeacherNoticeCode,
  type TeacherReport,
  type TeacherStage,
  type TeacherState,
} from './protocol';
import { fileOf, measureTraining, type Training } from './training';
import { reasonOf } from '../../interchange/reason';

/** What the host gets from its surroundings, so that it runs in a Worker and in tests alike. */
export interface TeacherSurroundings {
  readonly gpu: GPU | undefined;
  readonly tuning: TuningStore;
  /** Null where the browser keeps nothing. */
  readonly store: Promise<CheckpointStore | null>;
  /** Bytes behind a URL; rejects when there are none. */
  readonly fetchFile: (url: string) => Promise<ArrayBuffer>;
}

const NO_STORAGE = {
  message: 'This browser keeps nothing for this page.',
  advice: 'Training goes on, but it is lost when this page is closed; save the file before.',
};

const taskOf = (id: string): ImageTask => {
  const task = findTask(id);
  if (task) return task;
  throw new RecipeError(`There is no task ${id}.`);
};

/**
 * Answers the page's commands with one training at a time, and turns every failure into a report.
 * The engine outlives trainings, so that what an estimate compiled is there at the start.
 */
export class TeacherHost {
  readonly #post: (report: TeacherReport) => void;
  readonly #surroundings: TeacherSurroundings;
  #queue: Promise<void> = Promise.resolve();
  readonly #device: DeviceKeeper;
  #engine: Engine | undefined;
  #training: Training | undefined;

  constructor(post: (report: TeacherReport) => void, surroundings: TeacherSurroundings) {
    this.#post = post;
    this.#surroundings = surroundings;
    this.#device = new DeviceKeeper(surroundings.gpu, (error) => {
      // A device that nothing works on is asked for anew with the next start.
      if (this.#engine) void this.#abandon(error);
    });
  }

  /** Takes a command; commands are carried out one after another, in order. */
  handle(command: TeacherCommand): void {
    this.#queue = this.#queue.then(async () => {
      try {
        await this.#obey(command);
      } catch (error) {
        await this.#fail(error);
      }
    });
  }

  /** Resolves when all commands so far are carried out. For tests and orderly ends. */
  settled(): Promise<void> {
    return this.#queue;
  }

  async #obey(command: TeacherCommand): Promise<void> {
    if ('own' in command && command.own) introduceOwnTask(command.own);
    switch (command.type) {
      case 'look':
        return this.#reportKept(command.task);
      case 'estimate':
        return this.#estimate(command.recipe);
      case 'start':
        await this.#end();
        this.#state('preparing');
        await this.#forget(command.recipe.task);
        return this.#open(command.recipe, command.site);
      case 'goOn':
        return this.#goOn(command.task, command.site);
      case 'forget':
        await this.#forget(command.task);
        return this.#reportKept(command.task);
      default:
        // Everything else is for a training; without one there is nothing to do it to.
        if (this.#training) await this.#steer(this.#training, command);
    }
  }

  async #steer(training: Training, command: TeacherCommand): Promise<void> {
    const { loop, task } = training;
    switch (command.type) {
      case 'pause':
        await loop.hold();
        if (this.#training && !loop.run.isDone) this.#state('paused');
        return;
      case 'resume':
        this.#resume(training);
        return;
      case 'stop':
        await this.#end();
        await this.#forget(task.id);
        this.#state('idle');
        return this.#reportKept(task.id);
      case 'measure':
        return this.#held(training, () => this.#measure(training, command));
      case 'export': {
        const name = `${task.id}-step-${loop.run.step}.safetensors`;
        this.#post({ type: 'file', name, bytes: await fileOf(training) });
        return;
      }
      case 'use':
        return this.#use(training);
    }
  }

  async #estimate(recipe: TeacherRecipe): Promise<void> {
    await this.#end();
    this.#state('preparing');
    const engine = await this.#ready();
    const secondsPerStep = await measureStepTime(
      engine,
      taskOf(recipe.task),
      recipe,
      this.#compiling,
    );
    this.#post({ type: 'estimate', recipe, secondsPerStep });
    this.#state('idle');
  }

  async #goOn(id: string, site: string): Promise<void> {
    await this.#end();
    this.#state('preparing');
    this.#progress('restoring', 0, 1);
    const bytes = await (await this.#surroundings.store)?.load(keptTrainingId(id));
    if (!bytes) throw new TeacherCheckpointError('The training that was kept is gone.');
    const { recipe } = await readTeacherCheckpoint(bytes);
    await this.#open(recipe, site);
  }

  /** Prepares a training, from its checkpoint where there is one, and lets it run. */
  async #open(recipe: TeacherRecipe, site: string): Promise<void> {
    const engine = await this.#ready();
    const store = await this.#surroundings.store;
    if (!store) this.#notice('no-storage', NO_STORAGE);
    const task = taskOf(recipe.task);
    this.#progress('images', 0, 1);
    const images = await openImages(task, (path) =>
      this.#surroundings.fetchFile(new URL(path, site).href),
    );
    const run = await TeacherRun.open({
      ...{ engine, task, images, recipe, store },
      ...{ from: null, id: keptTrainingId(recipe.task), onProgress: this.#compiling },
    });
    const easel = new TeacherEasel(engine, task, run.trainer.network, SHOWN_PICTURES);
    const loop = new TrainingLoop(run, easel, {
      post: this.#post,
      onDone: () => this.#state('done'),
      onFailure: (error) => {
        void this.#fail(error, engine);
      },
    });
    const training = { engine, task, images, recipe, loop, measured: null };
    this.#training = training;
    this.#post({
      type: 'ready',
      recipe,
      step: run.step,
      parameterCount: ditLayout(run.trainer.network).count,
      rows: [...run.rows],
    });
    await loop.draw();
    this.#resume(training);
  }

  #resume({ loop }: Training): void {
    loop.resume();
    this.#state(loop.run.isDone ? 'done' : 'training');
  }

  /** Does something while training stands still, and lets it go on after where it was going. */
  async #held(training: Training, work: () => Promise<void>): Promise<void> {
    const { loop } = training;
    const wasRunning = loop.isRunning;
    await loop.hold();
    if (!this.#training) return;
    await work();
    if (wasRunning) this.#resume(training);
    else this.#state(loop.run.isDone ? 'done' : 'paused');
  }

  async #measure(
    training: Training,
    { judge, samples }: Extract<TeacherCommand, { type: 'measure' }>,
  ): Promise<void> {
    this.#progress('measuring', 0, 1);
    let file: ArrayBuffer;
    try {
      file = await this.#surroundings.fetchFile(judge);
    } catch (error) {
      this.#notice('no-judge', {
        message: `The classifier that judges pictures could not be had: ${reasonOf(error)}.`,
        advice: 'Training goes on; try again later.',
      });
      return;
    }
    const { step } = training.loop.run;
    const figures = await measureTraining(training, file, samples, (done, total) => {
      this.#progress('measuring', done, total);
    });
    training.measured = { step, figures };
    this.#post({ type: 'figures', step, figures });
  }

  async #use(training: Training): Promise<void> {
    const bytes = await fileOf(training);
    const { step } = training.loop.run;
    try {
      const store = await this.#surroundings.store;
      await store?.save(ownTeacherId(training.task.id), bytes, `trained to step ${step}`);
    } catch (error) {
      if (!(error instanceof QuotaError)) throw error;
      this.#notice('quota', {
        message: error.message,
        advice: 'The teacher is used until this page is closed; save its file to keep it.',
      });
    }
    this.#post({ type: 'own', bytes });
    await this.#reportKept(training.task.id);
  }

  /** The engine on the device, which is asked for where there is none. */
  async #ready(): Promise<Engine> {
    if (this.#engine) return this.#engine;
    this.#progress('device', 0, 1);
    const gpu = await this.#device.get();
    const { name, vendor, software } = gpu.info;
    this.#post({ type: 'adapter', adapter: { name, vendor, software } });
    this.#progress('tuning', 0, 1);
    const engine = new Engine(gpu, await chooseKernels(gpu, this.#surroundings.tuning));
    this.#engine = engine;
    return engine;
  }

  /** Ends the training, if there is one; what is kept of it stays. */
  async #end(): Promise<void> {
    const training = this.#training;
    if (!training) return;
    await training.loop.hold();
    this.#training = undefined;
    await training.loop.destroy();
  }

  async #forget(task: string): Promise<void> {
    await (await this.#surroundings.store)?.remove(keptTrainingId(task));
  }

  /** Tells what is kept of a task; where nothing can be, nothing is. */
  async #reportKept(task: string): Promise<void> {
    const store = await this.#surroundings.store;
    const kept = (await store?.list().catch(() => [])) ?? [];
    const about = (id: string): string | null => kept.find((one) => one.id === id)?.about ?? null;
    this.#post({
      type: 'kept',
      training: about(keptTrainingId(task)),
      own: about(ownTeacherId(task)),
    });
  }

  /** Reports an error that ends the training, unless the device is gone: that is told by itself. */
  async #fail(error: unknown, engine = this.#engine): Promise<void> {
    if (engine && (await this.#device.isLost())) return;
    if (engine === this.#engine) await this.#abandon(error);
  }

  /** Ends the training with a report. The engine goes with it: a new start is a clean one. */
  async #abandon(reason: unknown): Promise<void> {
    const engine = this.#engine;
    const training = this.#training;
    this.#training = undefined;
    this.#engine = undefined;
    this.#post({ type: 'error', ...describeTeacherFailure(reason) });
    this.#state('failed');
    if (training) await this.#reportKept(training.task.id);
    // What is under way still works in the engine's memory.
    await training?.loop.hold();
    engine?.destroy();
  }

  #state(state: TeacherState): void {
    this.#post({ type: 'state', state });
  }

  #progress(stage: TeacherStage, done: number, total: number): void {
    this.#post({ type: 'progress', stage, done, total });
  }

  readonly #compiling: CompileProgress = (done, total) => {
    this.#progress('compiling', done, total);
  };

  #notice(code: TeacherNoticeCode, words: Explanation): void {
    this.#post({ type: 'notice', code, ...words });
  }
}

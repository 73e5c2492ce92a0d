import { TeacherClient } from '../../worker/teacher/client';
import type { Origin, TeacherCommand, TeacherReport } from '../../worker/teacher/protocol';
import { saveFile } from '../lab/download';
import { meanVariance } from '../lib/pictures';
import type { TeacherRecipe } from '../../training/recipe';
import { ownDefinition, ownSource } from '../lab/ownTasks';
import { distilFromFile } from './ownTeacher';
import { paceOf, recipeOf } from './sizes';
import { NO_TRAINING, useTeacher } from './store';
import { currentTask } from '../state/task';

/** Images of a measurement; on a CPU each takes seconds. */
const SAMPLES = { gpu: 512, software: 64 } as const;

const makeWorker = (): Worker =>
  new Worker(new URL('../../worker/teacher/worker.ts', import.meta.url), {
    type: 'module',
    name: 'teacher',
  });

const toPage = (path: string): string => new URL(path, document.baseURI).href;

/** Where the images of the present task come from. */
const origin = async (): Promise<Origin> => ({
  site: document.baseURI,
  own: await ownSource(currentTask()),
});

/** The recipe of the sizes chosen; a set of a visitor's own is drawn no more often than it is large. */
const chosenRecipe = (): TeacherRecipe | string => {
  const { id } = currentTask();
  const { sizes } = useTeacher.getState();
  const count = ownDefinition(id)?.pictures?.count ?? Infinity;
  return recipeOf(id, { ...sizes, images: Math.min(sizes.images, count) });
};

/**
 * Conducts the training of a teacher: turns a visitor's wishes into commands and the Worker's reports
 * into state. Holds no React; components read the store.
 */
export class TeacherSession {
  #client: TeacherClient | null = null;

  /** Asks what is kept of the task. */
  look(): void {
    this.#send({ type: 'look', task: currentTask().id });
  }

  /** Times a few steps in the sizes chosen. */
  async estimate(): Promise<void> {
    const recipe = chosenRecipe();
    if (typeof recipe === 'string') this.#refuse(recipe);
    else this.#begin({ type: 'estimate', recipe, own: await ownSource(currentTask()) });
  }

  /** Begins anew in the sizes chosen. */
  async start(): Promise<void> {
    const recipe = chosenRecipe();
    if (typeof recipe === 'string') this.#refuse(recipe);
    else this.#begin({ type: 'start', recipe, ...(await origin()) });
  }

  /** Goes on with the training that was kept. */
  async goOn(): Promise<void> {
    this.#begin({ type: 'goOn', task: currentTask().id, ...(await origin()) });
  }

  /** Throws the training that was kept away. */
  forget(): void {
    this.#send({ type: 'forget', task: currentTask().id });
  }

  pause(): void {
    this.#send({ type: 'pause' });
  }

  resume(): void {
    this.#send({ type: 'resume' });
  }

  /** Ends the training for good. */
  stop(): void {
    this.#send({ type: 'stop' });
  }

  /** Measures the teacher as it is, where the task has a classifier. */
  measure(): void {
    const { classifier } = currentTask();
    if (classifier === null) return;
    const software = useTeacher.getState().adapter?.software ?? false;
    const samples = software ? SAMPLES.software : SAMPLES.gpu;
    this.#send({ type: 'measure', judge: toPage(classifier), samples });
  }

  /** Distils from the teacher as it is. */
  use(): void {
    this.#send({ type: 'use' });
  }

  /** Hands the teacher as it is to the visitor as a file. */
  save(): void {
    this.#send({ type: 'export' });
  }

  #begin(command: TeacherCommand): void {
    useTeacher.setState({ ...NO_TRAINING, state: 'preparing' });
    this.#send(command);
  }

  #refuse(message: string): void {
    const advice = 'Choose other sizes.';
    useTeacher.setState({ failure: { type: 'error', code: 'bad-config', message, advice } });
  }

  #send(command: TeacherCommand): void {
    this.#client ??= new TeacherClient(makeWorker(), (report) => {
      this.#receive(report);
    });
    this.#client.send(command);
  }

  #receive(report: TeacherReport): void {
    switch (report.type) {
      case 'state':
        useTeacher.setState({ state: report.state, progress: null });
        if (report.state === 'idle') useTeacher.setState(NO_TRAINING);
        return;
      case 'progress':
        useTeacher.setState({ progress: report });
        return;
      case 'adapter':
        useTeacher.setState({ adapter: report.adapter });
        return;
      case 'kept':
        useTeacher.setState({ kept: { training: report.training, own: report.own } });
        return;
      case 'estimate':
        useTeacher.setState(({ paces }) => ({
          paces: { ...paces, [paceOf(report.recipe)]: report.secondsPerStep },
        }));
        return;
      case 'ready': {
        const { recipe, step, parameterCount, rows } = report;
        const now = rows.at(-1) ?? null;
        useTeacher.setState({ recipe, step, parameterCount, rows, now, progress: null });
        return;
      }
      case 'losses':
        useTeacher.setState(({ rows }) => ({
          now: report.now,
          step: report.now.step,
          rows: [...rows, ...report.rows],
          stepsPerSecond: report.stepsPerSecond,
        }));
        return;
      case 'samples': {
        const { guidance, images, shape, step } = report;
        const drawn = { images, shape, iteration: step, variance: meanVariance(images, shape) };
        useTeacher.setState(({ pictures }) => ({
          pictures: new Map([...pictures, [guidance, drawn]]),
        }));
        return;
      }
      case 'saved':
        useTeacher.setState({ savedAt: report.step });
        return;
      case 'figures':
        useTeacher.setState({ figures: { step: report.step, figures: report.figures } });
        return;
      case 'file':
        saveFile(report.name, 'application/octet-stream', report.bytes);
        return;
      case 'own':
        void distilFromFile(new Blob([report.bytes]));
        return;
      case 'notice':
        useTeacher.setState({ notice: report });
        return;
      case 'error':
        useTeacher.setState({ failure: report, stepsPerSecond: null });
    }
  }
}

/** The page's only one: a training goes on while its dialog is closed. */
export const teacherSession = new TeacherSession();

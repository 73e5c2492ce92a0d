import { toTitle } from '../../tasks/own/definition';
import { DEFAULT_TASK, findTask } from '../../tasks/registry';
import { OwnClient } from '../../worker/own/client';
import type { OwnCommand, OwnReport, PathFile } from '../../worker/own/protocol';
import { addOwnTask, dropOwnTask, holdPictures, holdTeacher, useOwnTasks } from '../lab/ownTasks';
import type { LabSession } from '../lab/session';
import { switchTask } from '../lab/switchTask';
import { notify } from '../state/notices';
import { currentTask } from '../state/task';
import { distilFromKept } from '../teacher/ownTeacher';
import { useTeacher } from '../teacher/store';
import { EMPTY, useOwn } from './store';

type Report<Type extends OwnReport['type']> = Extract<OwnReport, { type: Type }>;

const makeWorker = (): Worker =>
  new Worker(new URL('../../worker/own/worker.ts', import.meta.url), {
    type: 'module',
    name: 'own',
  });

/** A title after what was brought: the archive's name, or that of the folder. */
const titleOf = ([first]: readonly PathFile[]): string => {
  const [folder = ''] = first?.path.split('/') ?? [];
  return toTitle(folder.replace(/\.\w+$/, '').replace(/[_-]+/g, ' '));
};

/** Has a Worker read what a visitor brings, and makes tasks and teachers of it. Holds no React. */
export class OwnSession {
  #client: OwnClient | null = null;
  /** The bench that what is kept goes to. */
  #lab: LabSession | null = null;

  /** Reads a teacher's file. */
  readTeacher(file: File): void {
    useOwn.setState({ teacher: { state: 'reading', done: 0, total: 1 } });
    const { definitions } = useOwnTasks.getState();
    this.#send({ type: 'readTeacher', file, known: definitions });
  }

  /** Makes pictures of files: a zip archive, or images. */
  readPictures(files: readonly PathFile[]): void {
    useOwn.setState({ files, title: titleOf(files) });
    this.#readPictures();
  }

  /** Makes the pictures anew in another size. */
  chooseSize(size: number): void {
    useOwn.setState({ size });
    if (useOwn.getState().files.length > 0) this.#readPictures();
  }

  /** Keeps the teacher that was read, and distils from it. */
  keepTeacher(lab: LabSession): void {
    this.#keep(lab, { type: 'keepTeacher' });
  }

  /** Keeps the pictures that were read as a task, and sets the bench up for it. */
  keepPictures(lab: LabSession): void {
    this.#keep(lab, { type: 'keepPictures', title: useOwn.getState().title });
  }

  /** Throws a task away, with its pictures and teachers. */
  remove(lab: LabSession, task: string): void {
    this.#lab = lab;
    this.#send({ type: 'remove', task });
  }

  #keep(lab: LabSession, command: OwnCommand): void {
    this.#lab = lab;
    useOwn.setState({ keeping: true });
    this.#send(command);
  }

  #readPictures(): void {
    const { files, size, title } = useOwn.getState();
    useOwn.setState({ pictures: { state: 'reading', done: 0, total: files.length } });
    this.#send({ type: 'readPictures', files, size, title });
  }

  #send(command: OwnCommand): void {
    if (!this.#client) {
      this.#client = new OwnClient(makeWorker());
      this.#client.subscribe((report) => this.#receive(report));
    }
    this.#client.send(command);
  }

  #receive(report: OwnReport): void {
    switch (report.type) {
      case 'progress':
        this.#change((reading) =>
          reading.state === 'reading' ? { ...reading, ...report } : reading,
        );
        return;
      case 'teacher':
        useOwn.setState({ teacher: { state: 'read', result: report } });
        return;
      case 'pictures':
        useOwn.setState({ pictures: { state: 'read', result: report } });
        return;
      case 'kept':
        void this.#take(report);
        return;
      case 'removed':
        this.#drop(report.task);
        return;
      case 'refused':
        this.#refuse(report.message);
        return;
      case 'error':
        // A Worker that broke is asked for nothing more.
        this.#client?.destroy();
        this.#client = null;
        this.#refuse(`${report.message} ${report.advice}`);
    }
  }

  /** Changes what is being read. */
  #change(
    change: <Read extends { readonly state: string }>(
      reading: Read,
    ) => Read | { readonly state: 'refused'; readonly message: string },
  ): void {
    useOwn.setState(({ teacher, pictures }) => ({
      teacher: change(teacher),
      pictures: change(pictures),
    }));
  }

  #refuse(message: string): void {
    const { keeping } = useOwn.getState();
    this.#change((reading) =>
      reading.state === 'reading' || (keeping && reading.state === 'read')
        ? { state: 'refused', message }
        : reading,
    );
    useOwn.setState({ keeping: false });
  }

  /** Makes what was kept a part of the page, and sets the bench up for it. */
  async #take({ what, task: id, definition, file, problem }: Report<'kept'>): Promise<void> {
    if (definition) addOwnTask(definition);
    if (what === 'teacher') holdTeacher(id, file);
    else holdPictures(id, file);
    useOwn.setState({ keeping: false, open: false, teacher: EMPTY, pictures: EMPTY, files: [] });
    const task = findTask(id);
    if (!task || !this.#lab) return;
    switchTask(this.#lab, task);
    if (what === 'teacher') await distilFromKept();
    else useTeacher.setState({ open: true });
    if (problem !== null) notify({ id: 'own-storage', text: `“${task.title}”: ${problem}` });
  }

  #drop(id: string): void {
    if (currentTask().id === id && this.#lab) switchTask(this.#lab, DEFAULT_TASK);
    dropOwnTask(id);
  }
}

/** The page's only one. */
export const ownSession = new OwnSession();

import { QuotaError, type CheckpointStore } from '../../lab/checkpointStore';
import type { Collected, DecodeImage } from '../../lab/own/collect';
import { introduceOwnTask } from '../../lab/own/source';
import { TeacherError } from '../../lab/teacher';
import {
  OwnTaskError,
  ownTaskId,
  parseOwnDefinition,
  toTitle,
  type OwnDefinition,
} from '../../tasks/own/definition';
import { removeTask } from '../../tasks/registry';
import { describeFailure } from '../failures';
import { foreignTeacherId, keptTrainingId, ownTeacherId } from '../teacher/protocol';
import { definitionId, picturesId, type OwnCommand, type OwnReport } from './protocol';
import { readPictureFiles, readTeacherFile, summarisePictures, type ReadTeacher } from './reading';

/** What the host gets from its surroundings, so that it runs in a Worker and in tests alike. */
export interface OwnSurroundings {
  /** Own tasks and their pictures; null where the browser keeps nothing. */
  readonly tasks: Promise<CheckpointStore | null>;
  /** Teachers and trainings. */
  readonly teachers: Promise<CheckpointStore | null>;
  readonly decode: DecodeImage;
}

/** One thing to keep. */
interface Item {
  readonly store: Promise<CheckpointStore | null>;
  readonly id: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly about: string;
}

const NOT_KEPT = 'This browser keeps nothing for this page: it lasts until the page is closed.';

/** Reads what visitors bring, and keeps it when they say so. */
export class OwnHost {
  readonly #post: (report: OwnReport) => void;
  readonly #surroundings: OwnSurroundings;
  #queue: Promise<void> = Promise.resolve();
  #teacher: (ReadTeacher & { readonly name: string }) | undefined;
  #pictures: Collected | undefined;

  constructor(post: (report: OwnReport) => void, surroundings: OwnSurroundings) {
    this.#post = post;
    this.#surroundings = surroundings;
  }

  /** Takes a command; commands are carried out one after another, in order. */
  handle(command: OwnCommand): void {
    this.#queue = this.#queue.then(async () => {
      try {
        await this.#obey(command);
      } catch (error) {
        this.#refuse(error);
      }
    });
  }

  /** Resolves when all commands so far are carried out. */
  settled(): Promise<void> {
    return this.#queue;
  }

  async #obey(command: OwnCommand): Promise<void> {
    switch (command.type) {
      case 'readTeacher': {
        this.#teacher = undefined;
        for (const definition of command.known) introduceOwnTask({ definition, pictures: null });
        const read = await readTeacherFile(command.file);
        this.#teacher = { ...read, name: command.file.name };
        this.#post({ type: 'teacher', ...read.summary });
        return;
      }
      case 'readPictures': {
        this.#pictures = undefined;
        const { files, size, title } = command;
        const { decode } = this.#surroundings;
        this.#pictures = await readPictureFiles(files, { size, title }, decode, (done, total) => {
          if (done % 16 === 0) this.#post({ type: 'progress', done, total });
        });
        this.#post({ type: 'pictures', ...summarisePictures(this.#pictures) });
        return;
      }
      case 'keepTeacher':
        return this.#keepTeacher();
      case 'keepPictures':
        return this.#keepPictures(command.title);
      case 'remove':
        await this.#remove(command.task);
        removeTask(command.task);
        this.#post({ type: 'removed', task: command.task });
    }
  }

  async #keepTeacher(): Promise<void> {
    if (!this.#teacher) throw new TeacherError('There is no teacher to keep; bring it again.');
    const { teacher, summary, name } = this.#teacher;
    const { task, definition } = summary;
    const bytes = new Uint8Array(teacher.file);
    const about = `the file ${toTitle(name)}`;
    const { teachers: store } = this.#surroundings;
    const items = [{ store, id: ownTeacherId(task), bytes, about }];
    const problem = await this.#save(definition ? [...items, this.#itemOf(definition)] : items);
    const file = new Blob([bytes]);
    this.#post({ type: 'kept', what: 'teacher', task, definition, file, problem });
  }

  async #keepPictures(title: string): Promise<void> {
    if (!this.#pictures) throw new OwnTaskError('There are no pictures to keep; bring them again.');
    const { definition: read, file: bytes } = this.#pictures;
    const definition = parseOwnDefinition({ ...read, title: toTitle(title) || read.title });
    const task = ownTaskId(definition);
    const { tasks: store } = this.#surroundings;
    const pictures = { store, id: picturesId(task), bytes, about: definition.title };
    // The definition last: a task without its pictures would be none.
    const problem = await this.#save([pictures, this.#itemOf(definition)]);
    const file = new Blob([bytes]);
    this.#post({ type: 'kept', what: 'pictures', task, definition, file, problem });
  }

  #itemOf(definition: OwnDefinition): Item {
    return {
      store: this.#surroundings.tasks,
      id: definitionId(ownTaskId(definition)),
      bytes: new TextEncoder().encode(JSON.stringify(definition)),
      about: definition.title,
    };
  }

  /** Keeps all items or none of them; why not, where it cannot. */
  async #save(items: readonly Item[]): Promise<string | null> {
    const saved: Item[] = [];
    try {
      for (const item of items) {
        const store = await item.store;
        if (!store) return NOT_KEPT;
        await store.save(item.id, item.bytes, item.about);
        saved.push(item);
      }
      return null;
    } catch (error) {
      for (const { store, id } of saved) await (await store)?.remove(id).catch(() => undefined);
      if (!(error instanceof QuotaError)) return NOT_KEPT;
      return 'The storage of this site is full: it lasts until the page is closed.';
    }
  }

  async #remove(task: string): Promise<void> {
    const { tasks, teachers } = this.#surroundings;
    await (await tasks)?.remove(definitionId(task));
    await (await tasks)?.remove(picturesId(task));
    await (await teachers)?.remove(ownTeacherId(task));
    await (await teachers)?.remove(foreignTeacherId(task));
    await (await teachers)?.remove(keptTrainingId(task));
  }

  #refuse(error: unknown): void {
    if (error instanceof TeacherError || error instanceof OwnTaskError) {
      this.#post({ type: 'refused', message: error.message });
    } else {
      this.#post({ type: 'error', ...describeFailure(error) });
    }
  }
}

import { z } from 'zod';
import type { CheckpointInfo, CheckpointStore } from '../checkpointStore';

/**
 * Files by name: all that a store needs of where it keeps them. `write` throws QuotaError when there
 * is no room; nothing else is asked of a write that fails or is cut off.
 */
export interface Folder {
  names(): Promise<string[]>;
  /** Bytes of a file; null when there is none. */
  size(name: string): Promise<number | null>;
  read(name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Does nothing when there is none. */
  remove(name: string): Promise<void>;
}

const noteSchema = z.strictObject({
  id: z.string(),
  saved: z.iso.datetime(),
  bytes: z.int().nonnegative(),
  about: z.string(),
});

const DATA = '.safetensors';
const NOTE = '.json';

/** One of the two files of a save. */
interface Leaf {
  readonly file: string;
  readonly stem: string;
  /** Grows with every save of an id. */
  readonly number: number;
  readonly isNote: boolean;
}

/** What a file's name says; null for files of others. */
const leafOf = (file: string): Leaf | null => {
  const [, stem, number, ending] = /^(.+)~(\d+)(\.json|\.safetensors)$/.exec(file) ?? [];
  if (stem === undefined || number === undefined) return null;
  return { file, stem, number: Number(number), isNote: ending === NOTE };
};

/** An id as part of a file name, the same on every file system. */
const stemOf = (id: string): string => encodeURIComponent(id).replaceAll('~', '%7E');

/** Notes before data, so that no note ever speaks of data that are gone. */
const filesOf = (leaves: readonly Leaf[]): string[] =>
  [...leaves].sort((a, b) => Number(b.isNote) - Number(a.isNote)).map(({ file }) => file);

/**
 * Checkpoints as files. A save writes data under a new name and then, when they are whole, a note
 * that says so; only then goes the save before it. What is cut off in between lacks its note: the
 * save before it counts, and the next one clears it away.
 */
export class FolderStore implements CheckpointStore {
  readonly #folder: Folder;
  /** One operation after another. */
  #tail: Promise<unknown> = Promise.resolve();

  constructor(folder: Folder) {
    this.#folder = folder;
  }

  save(id: string, bytes: Uint8Array<ArrayBuffer>, about = ''): Promise<void> {
    return this.#inTurn(async () => {
      const before = await this.#leaves(id);
      const number = Math.max(0, ...before.map((leaf) => leaf.number)) + 1;
      const name = `${stemOf(id)}~${number}`;
      const note = { id, saved: new Date().toISOString(), bytes: bytes.byteLength, about };
      try {
        await this.#folder.write(name + DATA, bytes);
        await this.#folder.write(name + NOTE, new TextEncoder().encode(JSON.stringify(note)));
      } catch (error) {
        // What cannot be cleared away now lacks its note, and goes with the next save.
        await this.#clear([name + NOTE, name + DATA]).catch(() => undefined);
        throw error;
      }
      await this.#clear(filesOf(before));
    });
  }

  load(id: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.#inTurn(async () => {
      const last = (await this.#whole(id)).at(-1);
      return last ? this.#folder.read(last.data) : null;
    });
  }

  list(): Promise<CheckpointInfo[]> {
    return this.#inTurn(async () => {
      const last = new Map((await this.#whole()).map(({ info }) => [info.id, info]));
      return [...last.values()].sort((a, b) => Date.parse(b.saved) - Date.parse(a.saved));
    });
  }

  remove(id: string): Promise<void> {
    return this.#inTurn(async () => this.#clear(filesOf(await this.#leaves(id))));
  }

  /** The files of one id, or of all. */
  async #leaves(id?: string): Promise<Leaf[]> {
    const leaves = (await this.#folder.names()).flatMap((file) => leafOf(file) ?? []);
    return id === undefined ? leaves : leaves.filter(({ stem }) => stem === stemOf(id));
  }

  /** Saves whose note and data are whole, in the order in which an id's were made. */
  async #whole(id?: string): Promise<{ info: CheckpointInfo; data: string }[]> {
    const notes = (await this.#leaves(id)).filter(({ isNote }) => isNote);
    const whole = [];
    for (const { file, stem, number } of notes.sort((a, b) => a.number - b.number)) {
      const data = `${stem}~${number}${DATA}`;
      const info = await this.#note(file);
      if (!info) continue;
      if ((await this.#folder.size(data)) === info.bytes) whole.push({ info, data });
    }
    return whole;
  }

  /** Null for a note that was cut off. */
  async #note(file: string): Promise<CheckpointInfo | null> {
    const bytes = await this.#folder.read(file);
    try {
      return noteSchema.parse(JSON.parse(new TextDecoder().decode(bytes ?? new Uint8Array())));
    } catch {
      return null;
    }
  }

  async #clear(files: readonly string[]): Promise<void> {
    for (const file of files) await this.#folder.remove(file);
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#tail.then(work);
    this.#tail = turn.catch(() => undefined);
    return turn;
  }
}

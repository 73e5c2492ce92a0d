import { FolderStore, type Folder } from './folderStore';

/** Files in memory; they go with the page. */
export class MemoryFolder implements Folder {
  readonly #files = new Map<string, Uint8Array<ArrayBuffer>>();

  names(): Promise<string[]> {
    return Promise.resolve([...this.#files.keys()]);
  }

  size(name: string): Promise<number | null> {
    return Promise.resolve(this.#files.get(name)?.byteLength ?? null);
  }

  read(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return Promise.resolve(this.#files.get(name)?.slice() ?? null);
  }

  write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#files.set(name, bytes.slice());
    return Promise.resolve();
  }

  remove(name: string): Promise<void> {
    this.#files.delete(name);
    return Promise.resolve();
  }
}

/** Checkpoints in memory, where nothing else keeps them. */
export const memoryCheckpointStore = (): FolderStore => new FolderStore(new MemoryFolder());

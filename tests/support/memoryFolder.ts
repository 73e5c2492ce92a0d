import type { Folder } from '../../src/lab/checkpointStores/folderStore';

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

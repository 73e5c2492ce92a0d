import { createStore, del, get, keys, set, type UseStore } from 'idb-keyval';
import { QuotaError } from '../checkpointStore';
import { FolderStore, type Folder } from './folderStore';
import { isQuotaExceeded } from './storageErrors';

/** Files as entries of an IndexedDB store. */
class IndexedDbFolder implements Folder {
  readonly #store: UseStore;

  constructor(store: UseStore) {
    this.#store = store;
  }

  async names(): Promise<string[]> {
    return (await keys(this.#store)).filter((key) => typeof key === 'string');
  }

  async size(name: string): Promise<number | null> {
    return (await this.#blob(name))?.size ?? null;
  }

  async read(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const blob = await this.#blob(name);
    return blob && new Uint8Array(await blob.arrayBuffer());
  }

  async write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    try {
      // As a blob, so that asking for its size does not read it.
      await set(name, new Blob([bytes]), this.#store);
    } catch (error) {
      if (isQuotaExceeded(error)) throw new QuotaError(bytes.byteLength, { cause: error });
      throw error;
    }
  }

  remove(name: string): Promise<void> {
    return del(name, this.#store);
  }

  async #blob(name: string): Promise<Blob | null> {
    const value = await get<unknown>(name, this.#store);
    return value instanceof Blob ? value : null;
  }
}

/** Checkpoints in IndexedDB, where there is no file system. Rejects when it cannot be used either. */
export const indexedDbCheckpointStore = async (name = 'checkpoints'): Promise<FolderStore> => {
  const folder = new IndexedDbFolder(createStore(name, 'files'));
  // Opened now: a browser that keeps nothing says so here, and not in the middle of a run.
  await folder.names();
  return new FolderStore(folder);
};

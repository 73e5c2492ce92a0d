import { QuotaError } from '../checkpointStore';
import { FolderStore, type Folder } from './folderStore';
import { writeFile } from './opfsFile';
import { isNamed, isQuotaExceeded } from './storageErrors';

/** Our folder in the origin's private file system. */
const FOLDER = 'checkpoints';

/** A folder of the browser's origin-private file system. For Workers: some browsers write nowhere else. */
class OpfsFolder implements Folder {
  readonly #folder: FileSystemDirectoryHandle;

  constructor(folder: FileSystemDirectoryHandle) {
    this.#folder = folder;
  }

  async names(): Promise<string[]> {
    const names = [];
    for await (const name of this.#folder.keys()) names.push(name);
    return names;
  }

  async size(name: string): Promise<number | null> {
    return (await this.#file(name))?.size ?? null;
  }

  async read(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const file = await this.#file(name);
    return file && new Uint8Array(await file.arrayBuffer());
  }

  async write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    try {
      const handle = await this.#folder.getFileHandle(name, { create: true });
      await writeFile(handle, bytes);
    } catch (error) {
      if (isQuotaExceeded(error)) throw new QuotaError(bytes.byteLength, { cause: error });
      throw error;
    }
  }

  async remove(name: string): Promise<void> {
    try {
      await this.#folder.removeEntry(name);
    } catch (error) {
      if (!isNamed(error, 'NotFoundError')) throw error;
    }
  }

  async #file(name: string): Promise<File | null> {
    try {
      return await (await this.#folder.getFileHandle(name)).getFile();
    } catch (error) {
      if (isNamed(error, 'NotFoundError')) return null;
      throw error;
    }
  }
}

/** Checkpoints in the origin-private file system. Throws where the browser has none. */
export const opfsCheckpointStore = async (folder = FOLDER): Promise<FolderStore> => {
  const root = await navigator.storage.getDirectory();
  return new FolderStore(new OpfsFolder(await root.getDirectoryHandle(folder, { create: true })));
};

import { QuotaError } from '../checkpointStore';

/**
 * Writes a whole file of the origin-private file system, by whichever way the browser has. Throws
 * QuotaError, or a DOMException of that name, when there is no room.
 */
export const writeFile = async (
  handle: FileSystemFileHandle,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> => {
  if ('createWritable' in handle) {
    const stream = await handle.createWritable();
    try {
      await stream.write(bytes);
    } catch (error) {
      await stream.abort().catch(() => undefined);
      throw error;
    }
    await stream.close();
    return;
  }
  const access = await (handle as SyncFileHandle).createSyncAccessHandle();
  try {
    access.truncate(0);
    // Where the storage is full, some browsers write less instead of throwing.
    if (access.write(bytes) < bytes.byteLength) throw new QuotaError(bytes.byteLength);
    access.flush();
  } finally {
    access.close();
  }
};

/** What a Worker's file handles have, and TypeScript's types of the page do not. */
interface SyncFileHandle {
  createSyncAccessHandle(): Promise<{
    truncate(size: number): void;
    write(bytes: Uint8Array<ArrayBuffer>): number;
    flush(): void;
    close(): void;
  }>;
}

import type { CheckpointStore } from '../checkpointStore';
import { indexedDbCheckpointStore } from './indexedDb';
import { opfsCheckpointStore } from './opfs';

/**
 * Where this browser keeps checkpoints, in a folder of that name: its private file system, else
 * IndexedDB; null where it keeps nothing (some private windows, blocked storage).
 */
export const browserCheckpointStore = async (folder?: string): Promise<CheckpointStore | null> => {
  for (const open of [opfsCheckpointStore, indexedDbCheckpointStore]) {
    try {
      return await open(folder);
    } catch {
      // The next one may do.
    }
  }
  return null;
};

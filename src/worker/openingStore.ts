import type { CheckpointStore } from '../lab/checkpointStore';

/** The browser keeps nothing for this page. */
export class NoStorageError extends Error {
  override readonly name = 'NoStorageError';

  constructor() {
    super('This browser keeps nothing for this page, so that the run cannot be kept.');
  }
}

/**
 * A store that is still being opened. Where none can be (null), it is empty, and saving to it throws
 * NoStorageError.
 */
export const openingStore = (opening: Promise<CheckpointStore | null>): CheckpointStore => ({
  save: async (...checkpoint) => {
    const store = await opening;
    if (store === null) throw new NoStorageError();
    await store.save(...checkpoint);
  },
  load: async (id) => (await opening)?.load(id) ?? null,
  list: async () => (await opening)?.list() ?? [],
  remove: async (id) => (await opening)?.remove(id),
});

import { get, set } from 'idb-keyval';
import type { TuningStore } from '../gpu/tuning';

/**
 * Measurements in the browser's IndexedDB. Where there is none (private windows, blocked storage),
 * nothing is remembered and everything is measured again.
 */
export const indexedDbTuningStore = (): TuningStore => ({
  load: async (key) => {
    try {
      return await get<unknown>(key);
    } catch {
      return undefined;
    }
  },
  save: async (key, value) => {
    try {
      await set(key, value);
    } catch {
      // Only costs the measurement at the next visit.
    }
  },
});

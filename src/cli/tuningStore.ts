import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TuningStore } from '../gpu/tuning';

/** Where measurements are kept: under $XDG_CACHE_HOME, or ~/.cache where that is unset or empty. */
export const tuningPath = (): string => {
  const { XDG_CACHE_HOME: chosen = '' } = process.env;
  const cache = chosen === '' ? join(homedir(), '.cache') : chosen;
  return join(cache, 'spear-and-shield/tuning.json');
};

/**
 * Measurements in one JSON file. A file that is missing, broken or cannot be written is no error:
 * what is not remembered is measured again.
 */
export const fileTuningStore = (path = tuningPath()): TuningStore => ({
  load: async (key) => (await readRecords(path)).get(key),
  save: async (key, value) => {
    const records = (await readRecords(path)).set(key, value);
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, `${JSON.stringify(Object.fromEntries(records), null, 2)}\n`);
    } catch {
      // A read-only home only costs the measurement at the next start.
    }
  },
});

const readRecords = async (path: string): Promise<Map<string, unknown>> => {
  try {
    const content: unknown = JSON.parse(await readFile(path, 'utf8'));
    return new Map(typeof content === 'object' && content ? Object.entries(content) : []);
  } catch {
    return new Map();
  }
};

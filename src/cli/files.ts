import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from './arguments';

/**
 * Writes a file whole or not at all: what is cut off leaves the one before it. Makes its folder. Each
 * draft has a name of its own, since shards on several machines write the same cache.
 */
export const writeWhole = (path: string, content: string | Uint8Array): void => {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    writeFileSync(draft, content);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
};

/** A file's bytes in memory of their own. */
export const readWhole = (path: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(readFileSync(path));

/** Reads JSON. Throws UsageError that names the file; `what` says what it was read for. */
export const readJsonFile = (what: string, path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    throw new UsageError(
      `${what} ${path}: ${error instanceof Error ? error.message : 'unreadable'}`,
    );
  }
};

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from './arguments';

/** Writes a file whole or not at all: what is cut off leaves the one before it. Makes its folder. */
export const writeWhole = (path: string, content: string | Uint8Array): void => {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.tmp`;
  writeFileSync(draft, content);
  renameSync(draft, path);
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

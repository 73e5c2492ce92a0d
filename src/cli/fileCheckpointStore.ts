import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { QuotaError, type CheckpointInfo, type CheckpointStore } from '../lab/checkpointStore';
import { readJsonFile, readWhole, writeWhole } from './files';

const infoSchema = z.strictObject({
  id: z.string(),
  saved: z.string(),
  bytes: z.int(),
  about: z.string(),
});

const ENDING = '.checkpoint.json';

const isFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

/** Checkpoints as files of a folder: `ID.safetensors`, and `ID.checkpoint.json` that describes it. */
export const fileCheckpointStore = (folder: string): CheckpointStore => {
  const weights = (id: string): string => join(folder, `${id}.safetensors`);
  const description = (id: string): string => join(folder, `${id}${ENDING}`);
  return {
    save: async (id, bytes, about = '') => {
      const info: CheckpointInfo = {
        id,
        saved: new Date().toISOString(),
        bytes: bytes.byteLength,
        about,
      };
      try {
        writeWhole(weights(id), bytes);
        writeWhole(description(id), `${JSON.stringify(info, null, 2)}\n`);
      } catch (error) {
        if (isFull(error)) throw new QuotaError(bytes.byteLength, { cause: error });
        throw error;
      }
      return Promise.resolve();
    },
    load: (id) => Promise.resolve(existsSync(weights(id)) ? readWhole(weights(id)) : null),
    list: () => {
      const names = existsSync(folder) ? readdirSync(folder) : [];
      const infos = names
        .filter((name) => name.endsWith(ENDING))
        .map((name) => infoSchema.parse(readJsonFile('the checkpoint', join(folder, name))));
      return Promise.resolve(infos.sort((a, b) => (a.saved < b.saved ? 1 : -1)));
    },
    remove: (id) => {
      rmSync(description(id), { force: true });
      rmSync(weights(id), { force: true });
      return Promise.resolve();
    },
  };
};

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readWhole, writeWhole } from './files';

/** Keeps the guided teacher's images between runs: drawing them takes many steps an image. */
export interface ReferenceCache {
  load(key: string): Float32Array<ArrayBuffer> | null;
  save(key: string, images: Float32Array<ArrayBuffer>): void;
}

/** Images by the key of their lab (`Lab.referenceKey`), a file of raw float32 values each. */
export const fileReferenceCache = (folder: string): ReferenceCache => {
  const path = (key: string): string =>
    join(folder, `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.f32`);
  return {
    load: (key) => (existsSync(path(key)) ? new Float32Array(readWhole(path(key)).buffer) : null),
    save: (key, images) => {
      try {
        writeWhole(path(key), new Uint8Array(images.buffer));
      } catch {
        // A folder that cannot be written only costs the drawing at the next start.
      }
    },
  };
};

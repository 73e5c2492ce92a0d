import { zipSync, strToU8, strFromU8 } from 'fflate';
import { readZip } from '../../../interchange/zip';
import { browserCheckpointStore } from '../../../lab/checkpointStores/browser';
import { parseForeignSpec } from '../../../lab/foreign/spec';
import { parseForeignStart } from '../../../training/foreignStart';
import type { ForeignTeacherOrder } from '../../../worker/protocol/foreign';
import { foreignTeacherId, TEACHER_FOLDER } from '../../../worker/teacher/protocol';
import { z } from 'zod';

/** The network made elsewhere that a browser keeps for a task: the file and its description in one. */

const [DESCRIPTION, NETWORK] = ['description.json', 'network.onnx'];
const LIMITS = { archive: 1.1e9, entries: 2, file: 1e9, total: 1.1e9 };

const descriptionSchema = z.strictObject({ id: z.string(), spec: z.unknown(), start: z.unknown() });

/** Keeps it, in place of an earlier one. Rejects where there is no storage, or no room. */
export const keepForeign = async (task: string, order: ForeignTeacherOrder): Promise<void> => {
  const { id, spec, start, onnx } = order;
  const store = await browserCheckpointStore(TEACHER_FOLDER);
  if (!store) throw new Error('This browser keeps nothing for this page.');
  const archive = zipSync(
    {
      [DESCRIPTION]: strToU8(JSON.stringify({ id, spec, start })),
      [NETWORK]: new Uint8Array(onnx),
    },
    { level: 0 },
  );
  await store.save(foreignTeacherId(task), Uint8Array.from(archive), id);
};

/** The file name of what is kept for a task; null: nothing. Never rejects. */
export const keptForeignName = async (task: string): Promise<string | null> => {
  const store = await browserCheckpointStore(TEACHER_FOLDER);
  const kept = (await store?.list().catch(() => [])) ?? [];
  return kept.find(({ id }) => id === foreignTeacherId(task))?.about ?? null;
};

/** What is kept for a task; null: nothing. Rejects for what cannot be read. */
export const keptForeign = async (task: string): Promise<ForeignTeacherOrder | null> => {
  const store = await browserCheckpointStore(TEACHER_FOLDER);
  const bytes = await store?.load(foreignTeacherId(task));
  if (!bytes) return null;
  const files = new Map(
    readZip(bytes, LIMITS, () => true).map((entry) => [entry.name, entry.bytes]),
  );
  const text = strFromU8(files.get(DESCRIPTION) ?? new Uint8Array());
  const { id, spec, start } = descriptionSchema.parse(JSON.parse(text));
  const network = files.get(NETWORK) ?? new Uint8Array();
  return {
    id,
    onnx: network.buffer,
    spec: parseForeignSpec(spec),
    start: parseForeignStart(start),
  };
};

/** Throws it away. Never rejects. */
export const forgetForeign = async (task: string): Promise<void> => {
  const store = await browserCheckpointStore(TEACHER_FOLDER);
  await store?.remove(foreignTeacherId(task)).catch(() => undefined);
};

import { z } from 'zod';
import type { TrainerState } from '../distill/state';
import { parseSafetensors, SafetensorsError, writeSafetensors } from '../interchange/safetensors';
import { allFinite, isFiniteState } from './halts';
import { parseRecord, RecordError, type RunRecord } from './record';

/** All that a lab needs to go on: what was written down so far, and each arm's networks. */
export interface LabCheckpoint {
  readonly record: RunRecord;
  /** In the order of the record's arms. */
  readonly states: readonly TrainerState[];
  /** What networks begin with, where that is no teacher's file: its teacher was made elsewhere. */
  readonly start?: Float32Array<ArrayBuffer>;
}

/** What networks of a run began with, where its teacher was made elsewhere, and the error of that. */
export const imitatedOf = ({
  record,
  start,
}: LabCheckpoint):
  { readonly flat: Float32Array<ArrayBuffer>; readonly error: number } | undefined => {
  const { foreign } = record.teacher;
  return start && foreign && { flat: start, error: foreign.imitation.error };
};

/** A file that is no checkpoint, or one that does not belong here; the message says why. */
export class LabCheckpointError extends Error {
  override readonly name = 'LabCheckpointError';
}

const count = z.int().nonnegative();
const headSchema = z.strictObject({
  version: z.literal(1),
  counters: z.array(
    z.strictObject({
      iteration: count,
      studentUpdates: count,
      criticUpdates: count,
      discriminatorUpdates: count,
    }),
  ),
});

/** Metadata key of version and counters. */
const HEAD = 'lab';

/** Tensor that holds the record: a long run's is larger than a header may be. */
const RECORD = 'record';

/** JSON as whole words; the padding is white space, which JSON may end with. */
const toWords = (value: unknown): Int32Array<ArrayBuffer> => {
  const text = new TextEncoder().encode(JSON.stringify(value));
  const bytes = new Uint8Array(Math.ceil(text.length / WORD) * WORD).fill(SPACE);
  bytes.set(text);
  return new Int32Array(bytes.buffer);
};

const fromWords = (words: Int32Array<ArrayBuffer>): unknown =>
  JSON.parse(new TextDecoder().decode(words));

const WORD = Int32Array.BYTES_PER_ELEMENT;
const SPACE = 0x20;

/** Tensor that holds what networks begin with. */
const START = 'start';

/** Name of an arm's tensor in the file; the arm by its place. */
const tensorName = (arm: number, name: string): string => `${arm}/${name}`;

/** A checkpoint as the bytes of a safetensors file. */
export const writeCheckpoint = ({
  record,
  states,
  start,
}: LabCheckpoint): Uint8Array<ArrayBuffer> => {
  const head: z.input<typeof headSchema> = {
    version: 1,
    counters: states.map(({ counters }) => ({ ...counters })),
  };
  const words = toWords(record);
  const networks = states.flatMap(({ tensors }, arm) =>
    [...tensors].map(([name, data]) => ({
      name: tensorName(arm, name),
      shape: [data.length],
      data,
    })),
  );
  const own = [
    { name: RECORD, shape: [words.length], data: words },
    ...(start ? [{ name: START, shape: [start.length], data: start }] : []),
  ];
  return writeSafetensors([...own, ...networks], { [HEAD]: JSON.stringify(head) });
};

/** Reads what `writeCheckpoint` wrote. Throws LabCheckpointError for anything else. */
export const readCheckpoint = (bytes: Uint8Array<ArrayBuffer>): LabCheckpoint => {
  try {
    const { metadata, tensors } = parseSafetensors(bytes);
    const head = headSchema.parse(JSON.parse(metadata[HEAD] ?? 'null'));
    const words = tensors.get(RECORD);
    const record = parseRecord(words?.dtype === 'I32' ? fromWords(words.data) : null);
    if (record.arms.length !== head.counters.length) {
      throw new RecordError(
        `It has ${head.counters.length} states for ${record.arms.length} arms.`,
      );
    }
    const idsOf = (arms: readonly { readonly id: string }[]) =>
      JSON.stringify(arms.map(({ id }) => id));
    if (idsOf(record.arms) !== idsOf(record.config.arms)) {
      throw new RecordError('Its arms are not those of its configuration.');
    }
    const states = head.counters.map((counters, arm): TrainerState => {
      const prefix = tensorName(arm, '');
      const own = [...tensors].flatMap(([name, { data }]) =>
        name.startsWith(prefix) && data instanceof Float32Array
          ? [[name.slice(prefix.length), data] as const]
          : [],
      );
      return { counters, tensors: new Map(own) };
    });
    if (!states.every(isFiniteState))
      throw new RecordError('It holds weights that are no numbers.');
    const start = tensors.get(START)?.data;
    if (!(start instanceof Float32Array)) return { record, states };
    if (!allFinite(start)) throw new RecordError('It holds weights that are no numbers.');
    return { record, states, start };
  } catch (error) {
    const reason =
      error instanceof SafetensorsError || error instanceof RecordError
        ? error.message
        : error instanceof SyntaxError || error instanceof z.ZodError
          ? 'It is no file of this lab, or of another version.'
          : undefined;
    if (reason === undefined) throw error;
    throw new LabCheckpointError(`This checkpoint cannot be read. ${reason}`, { cause: error });
  }
};

/** A line that tells a checkpoint from others, for lists of them. */
export const aboutCheckpoint = ({ record }: LabCheckpoint): string => {
  const { arms } = record;
  const iteration = Math.max(0, ...arms.map(({ figures }) => figures.at(-1)?.iteration ?? 0));
  return `${arms.map(({ name }) => name).join(', ')}; iteration ${iteration}`;
};

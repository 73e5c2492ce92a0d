/** What a store knows of a checkpoint without reading it. */
export interface CheckpointInfo {
  readonly id: string;
  /** ISO time at which it was saved. */
  readonly saved: string;
  readonly bytes: number;
  /** A line for people, e.g. `3 arms, iteration 250`; as it was given to `save`. */
  readonly about: string;
}

/**
 * Keeps checkpoints by id, each id's last good one. A save that fails or is cut off leaves the one
 * before it; `save` throws QuotaError when there is no room.
 */
export interface CheckpointStore {
  save(id: string, bytes: Uint8Array<ArrayBuffer>, about?: string): Promise<void>;
  /** Null when there is none of that id. */
  load(id: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Newest first. */
  list(): Promise<CheckpointInfo[]>;
  remove(id: string): Promise<void>;
}

/** There is no room for a checkpoint; the last good one is still there. */
export class QuotaError extends Error {
  override readonly name = 'QuotaError';
  /** What to do about it. */
  readonly advice =
    'Training goes on and the last checkpoint is kept. Free storage of this site or export the ' +
    'students; the next checkpoint is tried as usual.';

  constructor(bytes: number, options?: ErrorOptions) {
    super(`There is no room to save a checkpoint of ${(bytes / 2 ** 20).toFixed(1)} MiB.`, options);
  }
}

/** How far a run is, and how often each network was updated. */
export interface TrainerCounters {
  readonly iteration: number;
  readonly studentUpdates: number;
  readonly criticUpdates: number;
  readonly discriminatorUpdates: number;
}

/**
 * All that a run needs to go on bit for bit as if it had never stopped: plain data. Tensors are
 * flat arrays by name (`student.parameters`, `student.average`, `critic.firstMoment`, ...); networks
 * that were never trained are absent, since they are made anew the same.
 */
export interface TrainerState {
  readonly counters: TrainerCounters;
  readonly tensors: ReadonlyMap<string, Float32Array<ArrayBuffer>>;
}

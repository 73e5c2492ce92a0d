import { create } from 'zustand';
import type { CheckpointInfo } from '../../lab/checkpointStore';

interface KeptSlice {
  /** The runs that can be gone on with, newest first. */
  readonly kept: readonly CheckpointInfo[];
}

export const useKept = create<KeptSlice>()(() => ({ kept: [] }));

import { create } from 'zustand';
import type { Verdicts } from '../../worker/protocol/reports';

interface ExperimentSlice {
  /** Id of the experiment that the bench was set up after; null: free play. */
  readonly chosen: string | null;
  /** What the run shows of its claims so far. */
  readonly verdicts: Verdicts;
}

export const useExperiment = create<ExperimentSlice>()(() => ({ chosen: null, verdicts: {} }));

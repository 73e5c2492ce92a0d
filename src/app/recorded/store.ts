import { create } from 'zustand';
import type { RunRecord } from '../../lab/record';
import { reasonOf } from '../../interchange/reason';
import { fetchRecorded, iterationsOf, type RecordedId } from './results';

interface RecordedSlice {
  readonly id: RecordedId;
  readonly record: RunRecord | null;
  /** Place in the list of iterations with pictures. */
  readonly place: number;
  /** Why there is nothing to show, a sentence. */
  readonly problem: string | null;
}

export const useRecorded = create<RecordedSlice>()(() => ({
  id: 'e1',
  record: null,
  place: 0,
  problem: null,
}));

/** Shows the recorded run of an experiment, at its end. */
export const showRecorded = async (id: RecordedId): Promise<void> => {
  useRecorded.setState({ id, record: null, problem: null });
  try {
    const record = await fetchRecorded(id);
    if (useRecorded.getState().id !== id) return;
    useRecorded.setState({ record, place: iterationsOf(record).length - 1 });
  } catch (cause) {
    // Browsers say it without a full stop.
    const problem = `${reasonOf(cause).replace(/\.$/, '')}.`;
    if (useRecorded.getState().id === id) useRecorded.setState({ problem });
  }
};

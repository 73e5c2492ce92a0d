import { describe, expect, test } from 'vitest';
import type { LabCheckpoint } from '../../../src/lab/checkpoint';
import type { CheckpointStore } from '../../../src/lab/checkpointStore';
import type { Lab } from '../../../src/lab/lab';
import { Keeper } from '../../../src/worker/keeper';
import type { Report } from '../../../src/worker/protocol/reports';

/** A store that takes its time: each save ends when it is told to. */
const slowStore = () => {
  const ends: (() => void)[] = [];
  const store: CheckpointStore = {
    save: () => new Promise<void>((resolve) => ends.push(resolve)),
    load: () => Promise.resolve(null),
    list: () => Promise.resolve([]),
    remove: () => Promise.resolve(),
  };
  return { store, ends };
};

/** All that a keeper asks of a lab, five iterations on. */
const lab = {
  arms: [{ iteration: 5 }],
  checkpoint: () => Promise.resolve({ record: {}, states: [] } as unknown as LabCheckpoint),
} as unknown as Lab;

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

describe('a keeper', () => {
  test('writes what was noted while it wrote', async () => {
    const { store, ends } = slowStore();
    const saved: Report[] = [];
    const keeper = new Keeper(store, 'run', lab, 0, (report) => saved.push(report));
    const first = keeper.keep();
    await turns();
    expect(ends).toHaveLength(1);
    // The checkpoint that is being written knows nothing of it.
    keeper.noteChange();
    ends[0]?.();
    await first;
    const second = keeper.keep();
    await turns();
    expect(ends).toHaveLength(2);
    ends[1]?.();
    await second;
    // Nothing is new any more.
    await keeper.keep();
    expect(ends).toHaveLength(2);
    expect(saved.map(({ type }) => type)).toEqual(['saved', 'saved']);
  });
});

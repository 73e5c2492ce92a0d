import { describe, expect, test, vi } from 'vitest';
import { QuotaError, type CheckpointStore } from '../../../src/lab/checkpointStore';
import { FolderStore } from '../../../src/lab/checkpointStores/folderStore';
import { indexedDbCheckpointStore } from '../../../src/lab/checkpointStores/indexedDb';
import { MemoryFolder } from '../../support/memoryFolder';
import { opfsCheckpointStore } from '../../../src/lab/checkpointStores/opfs';
import { inBrowser } from '../../support/files';

const bytes = (...values: number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(values);

/** Each with its own folder, so that no test sees another's files. */
const STORES: Record<string, () => Promise<CheckpointStore>> = {
  memory: () => Promise.resolve(new FolderStore(new MemoryFolder())),
  ...(inBrowser && {
    'private file system': () => opfsCheckpointStore(`test-${crypto.randomUUID()}`),
    IndexedDB: () => indexedDbCheckpointStore(`test-${crypto.randomUUID()}`),
  }),
};

describe.each(Object.entries(STORES))('checkpoints in %s', (_, open) => {
  test('are kept by id: the last of each, with what is known of it', async () => {
    const store = await open();
    expect(await store.list()).toEqual([]);
    expect(await store.load('a')).toBeNull();
    await store.save('a', bytes(1, 2, 3), 'first');
    await store.save('a/b~1 ü', bytes(4));
    await store.save('a', bytes(5, 6), 'second');
    expect(await store.load('a')).toEqual(bytes(5, 6));
    expect(await store.load('a/b~1 ü')).toEqual(bytes(4));
    const infos = await store.list();
    expect(infos.map(({ id, bytes, about }) => [id, bytes, about]).sort()).toEqual([
      ['a', 2, 'second'],
      ['a/b~1 ü', 1, ''],
    ]);
    for (const { saved } of infos) expect(Date.now() - Date.parse(saved)).toBeLessThan(60_000);
    await store.remove('a');
    await store.remove('never there');
    expect((await store.list()).map(({ id }) => id)).toEqual(['a/b~1 ü']);
    await store.remove('a/b~1 ü');
  });
});

describe('a save', () => {
  test('leaves only the files of the last one', async () => {
    const folder = new MemoryFolder();
    const store = new FolderStore(folder);
    for (let i = 0; i < 3; i++) await store.save('run', bytes(i));
    expect(await folder.names()).toEqual(['run~3.safetensors', 'run~3.json']);
  });

  // Data first, then the note; either may be cut off, as by a crash.
  for (const [what, call] of [
    ['data', 1],
    ['note', 2],
  ] as const) {
    test(`that is cut off in its ${what} leaves the one before it`, async () => {
      const folder = new MemoryFolder();
      const store = new FolderStore(folder);
      await store.save('run', bytes(1, 2), 'good');
      const whole = folder.write.bind(folder);
      let calls = 0;
      const write = vi.spyOn(folder, 'write').mockImplementation(async (name, data) => {
        if (++calls !== call) return whole(name, data);
        await whole(name, data.slice(0, data.length - 1));
        // Nothing runs after a crash: what would clear away does nothing either.
        vi.spyOn(folder, 'remove').mockResolvedValue();
        throw new Error('cut off');
      });
      await expect(store.save('run', bytes(3, 4), 'lost')).rejects.toThrow('cut off');
      write.mockRestore();
      vi.restoreAllMocks();

      const next = new FolderStore(folder);
      expect(await next.load('run')).toEqual(bytes(1, 2));
      expect((await next.list()).map(({ about }) => about)).toEqual(['good']);
      await next.save('run', bytes(5), 'after');
      expect(await next.load('run')).toEqual(bytes(5));
      expect(await folder.names()).toHaveLength(2);
    });
  }

  test('without room says so, clears away what it began, and leaves the last good one', async () => {
    const folder = new MemoryFolder();
    const store = new FolderStore(folder);
    await store.save('run', bytes(1));
    vi.spyOn(folder, 'write').mockRejectedValueOnce(new QuotaError(3 * 2 ** 20));
    const failure = store.save('run', bytes(2, 3));
    await expect(failure).rejects.toThrow('3.0 MiB');
    await expect(failure).rejects.toHaveProperty('advice', new QuotaError(0).advice);
    expect(await store.load('run')).toEqual(bytes(1));
    expect(await folder.names()).toEqual(['run~1.safetensors', 'run~1.json']);
    await store.save('run', bytes(4));
    expect(await store.load('run')).toEqual(bytes(4));
  });

  test('is not disturbed by files of others', async () => {
    const folder = new MemoryFolder();
    await folder.write('notes.txt', bytes(1));
    await folder.write('x~y.json', bytes(1));
    await folder.write('run~7.json', bytes(1));
    const store = new FolderStore(folder);
    expect(await store.list()).toEqual([]);
    await store.save('run', bytes(2));
    expect(await store.load('run')).toEqual(bytes(2));
    expect(await folder.names()).toContain('notes.txt');
  });
});

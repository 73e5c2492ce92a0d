import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fileTuningStore, tuningPath } from '../../src/cli/tuningStore';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tuning-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

test('remembers several adapters in one file, over restarts', async () => {
  const path = join(folder, 'a', 'b', 'tuning.json');
  await fileTuningStore(path).save('one', { matmul: 'tiled' });
  await fileTuningStore(path).save('two', { matmul: 'blocked' });
  expect(await fileTuningStore(path).load('one')).toEqual({ matmul: 'tiled' });
  expect(await fileTuningStore(path).load('two')).toEqual({ matmul: 'blocked' });
});

test.each(['', '{ "one": ', 'null', '3'])(
  'a broken file (%j) is empty, then mended',
  async (text) => {
    const path = join(folder, 'tuning.json');
    await writeFile(path, text);
    const store = fileTuningStore(path);
    expect(await store.load('one')).toBeUndefined();
    await store.save('one', 1);
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ one: 1 });
  },
);

test('a place that cannot be written is no error', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  const store = fileTuningStore(join(file, 'tuning.json'));
  await store.save('one', 1);
  expect(await store.load('one')).toBeUndefined();
});

test('lives in the cache folder of the user', () => {
  vi.stubEnv('XDG_CACHE_HOME', '/somewhere');
  expect(tuningPath()).toBe('/somewhere/spear-and-shield/tuning.json');
  vi.stubEnv('XDG_CACHE_HOME', '');
  expect(tuningPath()).toMatch(/\.cache\/spear-and-shield\/tuning\.json$/);
});

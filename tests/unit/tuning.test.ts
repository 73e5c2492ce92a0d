import { expect } from 'vitest';
import type { Gpu } from '../../src/gpu/gpu';
import { median, tuningKey, type TuningStore } from '../../src/gpu/tuning';
import { chooseKernels } from '../../src/graph/tune';
import {
  candidates,
  cpuChoice,
  inSinglePrecision,
  isRunnable,
  type Abilities,
} from '../../src/graph/variants';
import { indexedDbTuningStore } from '../../src/worker/tuningStore';
import { inBrowser } from '../support/files';
import { test } from '../support/gpu';

const memoryStore = (): TuningStore & { readonly records: Map<string, unknown> } => {
  const records = new Map<string, unknown>();
  return {
    records,
    load: (key) => Promise.resolve(records.get(key)),
    save: (key, value) => {
      records.set(key, value);
      return Promise.resolve();
    },
  };
};

test('measures once per adapter, then remembers; a broken record, or one for another adapter, is measured again', async ({
  gpu,
}) => {
  const store = memoryStore();
  const progress: number[] = [];
  const choice = await chooseKernels(gpu, store, (done) => progress.push(done));
  expect(progress).toEqual([0, 1, 2]);
  const [key = ''] = store.records.keys();
  expect(key).toContain(gpu.info.name);
  expect(store.records.get(key)).toEqual(choice);
  // A CPU pays for barriers and for workgroup memory.
  if (gpu.info.software) expect(choice).toEqual(cpuChoice(gpu));

  expect(isRunnable(choice, gpu)).toBe(true);

  const other = { matmul: 'tiled', reduce: 'serial' } as const;
  store.records.set(key, other);
  expect(await chooseKernels(gpu, store, () => expect.fail('measured again'))).toEqual(other);

  const elsewhere = gpu.subgroupLanes === 8 ? 'lanes4' : 'lanes8';
  for (const record of [
    { matmul: 'quantum', reduce: 7 },
    { matmul: elsewhere, reduce: 'serial' },
  ]) {
    store.records.set(key, record);
    const again = await chooseKernels(gpu, store);
    expect(again).not.toEqual(record);
    expect(store.records.get(key)).toEqual(again);
  }
});

const variantsOf = (abilities: Abilities): string[] => {
  const { matmul, reduce } = candidates(abilities);
  return [...matmul.map((choice) => choice.matmul), ...reduce.map((choice) => choice.reduce)];
};

const LEAST: Abilities = { extensions: new Set(), subgroupLanes: null };

test('only what the device has is a candidate', () => {
  expect(variantsOf(LEAST)).toEqual(['tiled', 'blocked', 'tree', 'serial']);
  expect(variantsOf({ ...LEAST, extensions: new Set(['f16']) })).toEqual([
    ...['tiled', 'halfTiled', 'blocked'],
    ...['tree', 'serial'],
  ]);
  expect(variantsOf({ extensions: new Set(['subgroups']), subgroupLanes: 8 })).toEqual([
    ...['tiled', 'lanes8'],
    ...['tree', 'subgroup', 'serial'],
  ]);
});

test('a record of what the device has not is measured anew', async ({ gpu }) => {
  const least = Object.create(gpu, {
    extensions: { value: LEAST.extensions },
    subgroupLanes: { value: LEAST.subgroupLanes },
  }) as Gpu;
  const store = memoryStore();
  await chooseKernels(least, store);
  const [key = ''] = store.records.keys();
  for (const record of [
    { matmul: 'halfTiled', reduce: 'tree' },
    { matmul: 'tiled', reduce: 'subgroup' },
  ]) {
    store.records.set(key, record);
    const choice = await chooseKernels(least, store);
    expect(isRunnable(choice, least)).toBe(true);
    expect(store.records.get(key)).toEqual(choice);
  }
});

test('a choice without half precision is otherwise the same', () => {
  expect(inSinglePrecision({ matmul: 'halfTiled', reduce: 'subgroup' })).toEqual({
    matmul: 'tiled',
    reduce: 'subgroup',
  });
  const other = { matmul: 'blocked', reduce: 'tree' } as const;
  expect(inSinglePrecision(other)).toEqual(other);
});

test('the device has what its adapter offers', ({ gpu }) => {
  expect(gpu.extensions.has('f16')).toBe(gpu.info.features.includes('shader-f16'));
  expect(gpu.extensions.has('subgroups')).toBe(gpu.info.features.includes('subgroups'));
});

test('keeps adapters and versions of the kernels apart', ({ gpu }) => {
  const key = tuningKey(gpu.info, 1);
  expect(tuningKey(gpu.info, 2)).not.toBe(key);
  expect(tuningKey({ ...gpu.info, name: 'another adapter' }, 1)).not.toBe(key);
});

test('the median of odd and even counts', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 2, 9])).toBe(3);
});

test('the store of the browser remembers, and forgives where there is none', async () => {
  const store = indexedDbTuningStore();
  await store.save('test/tuning', { matmul: 'tiled' });
  expect(await store.load('test/tuning')).toEqual(inBrowser ? { matmul: 'tiled' } : undefined);
  expect(await store.load('test/never saved')).toBeUndefined();
});

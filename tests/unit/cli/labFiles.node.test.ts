import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileCheckpointStore } from '../../../src/cli/fileCheckpointStore';
import { parseLabCommand } from '../../../src/cli/labOptions';
import { missingUnits } from '../../../src/cli/labMerge';
import { claimFolder, planOf, readPlan } from '../../../src/cli/labPlan';
import { writeWhole } from '../../../src/cli/files';
import { fileReferenceCache } from '../../../src/cli/referenceCache';
import { armSheet } from '../../../src/cli/sheets';
import { contactSheet } from '../../../src/interchange/contactSheet';
import { encodePng } from '../../../src/interchange/png';
import { armRecord, runRecord } from '../../support/records';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('checkpoints in a folder', () => {
  test('are kept by id, the last of each, newest first', async () => {
    const store = fileCheckpointStore(join(folder, 'checkpoints'));
    expect(await store.list()).toEqual([]);
    expect(await store.load('a')).toBeNull();
    await store.save('a', Uint8Array.of(1));
    await store.save('b', Uint8Array.of(2, 3), '1 arm, iteration 5');
    await store.save('a', Uint8Array.of(4, 5, 6));
    expect(await store.load('a')).toEqual(Uint8Array.of(4, 5, 6));
    const infos = await store.list();
    expect(infos.map(({ id, bytes, about }) => ({ id, bytes, about }))).toEqual(
      expect.arrayContaining([
        { id: 'a', bytes: 3, about: '' },
        { id: 'b', bytes: 2, about: '1 arm, iteration 5' },
      ]),
    );
    await store.remove('a');
    expect(await store.load('a')).toBeNull();
    expect((await store.list()).map(({ id }) => id)).toEqual(['b']);
  });

  test('keep the last good one when a save fails', async () => {
    const path = join(folder, 'failing');
    const store = fileCheckpointStore(path);
    await store.save('a', Uint8Array.of(1));
    // A file where the folder was: nowhere to write.
    renameSync(path, `${path}-moved`);
    writeFileSync(path, '');
    await expect(store.save('a', Uint8Array.of(2))).rejects.toThrow();
    rmSync(path);
    renameSync(`${path}-moved`, path);
    expect(await store.load('a')).toEqual(Uint8Array.of(1));
  });
});

test('a file that cannot be written leaves no draft behind', () => {
  const taken = join(folder, 'drafts', 'a folder');
  mkdirSync(join(taken, 'with something in it'), { recursive: true });
  expect(() => {
    writeWhole(taken, 'text');
  }).toThrow();
  expect(readdirSync(join(folder, 'drafts'))).toEqual(['a folder']);
});

test('the guided teacher’s images are kept by their key', () => {
  const cache = fileReferenceCache(join(folder, 'cache'));
  expect(cache.load('one')).toBeNull();
  cache.save('one', Float32Array.of(0.5, -1));
  expect(cache.load('one')).toEqual(Float32Array.of(0.5, -1));
  expect(cache.load('another')).toBeNull();
  writeFileSync(join(folder, 'a file'), '');
  // Nowhere to write: no error, nothing kept.
  const nowhere = fileReferenceCache(join(folder, 'a file'));
  nowhere.save('one', Float32Array.of(1));
});

describe('the plan of a folder', () => {
  const files = { teacher: 'aa', classifier: null, command: 'npm run lab' };
  const plan = (...args: string[]) => {
    const command = parseLabCommand(['e1', ...args], () => null, {});
    if (command.kind !== 'run') throw new Error('no run');
    return planOf(command.options, files);
  };

  test('is written, read again, and lets the same run go on', () => {
    const out = join(folder, 'plan');
    expect(readPlan(out)).toBeNull();
    claimFolder(out, plan('--batch', '2'));
    expect(readPlan(out)).toEqual(plan('--batch', '2'));
    claimFolder(out, plan('--batch', '2', '--iterations', '900', '--seeds', '9'));
    expect(readPlan(out)?.iterations).toBe(900);
    expect(readdirSync(out)).toEqual(['plan.json']);
  });

  test('keeps another run out, and says what differs', () => {
    const out = join(folder, 'taken');
    claimFolder(out, plan());
    const other =
      (...args: string[]) =>
      () =>
        claimFolder(out, plan(...args));
    expect(other('--batch', '3')).toThrow(/holds another run: batch is 64 there and 3 here/);
    expect(other('--arms', 'ca')).toThrow(/arms is/);
    expect(other('--shard', '1/2')).toThrow(/shard is null there and "1\/2" here/);
    expect(() => claimFolder(out, { ...plan(), teacher: 'bb' })).toThrow(/teacher/);
  });

  test('lets a shard be longer, but not share out more seeds', () => {
    const out = join(folder, 'part');
    claimFolder(out, plan('--shard', '1/2', '--seeds', '2'));
    claimFolder(out, plan('--shard', '1/2', '--seeds', '2', '--iterations', '900'));
    expect(() => {
      claimFolder(out, plan('--shard', '1/2', '--seeds', '3'));
    }).toThrow(/seeds is \[1,2\] there and \[1,2,3\] here/);
  });

  test('tells which arms of which seeds are missing', () => {
    const out = join(folder, 'incomplete');
    claimFolder(out, plan('--arms', 'ca,dm', '--seeds', '2'));
    const records = [
      runRecord([{ id: 'ca', variances: [] }], { seed: 1 }),
      runRecord([{ id: 'dm', variances: [] }], { seed: 2 }),
    ];
    expect(missingUnits([join(folder, 'no plan'), out], records)).toEqual([
      { seed: 1, arm: 'dm' },
      { seed: 2, arm: 'ca' },
    ]);
    expect(missingUnits([join(folder, 'no plan')], records)).toEqual([]);
  });

  test('that is broken is refused by its path', () => {
    const out = join(folder, 'broken');
    mkdirSync(out);
    writeFileSync(join(out, 'plan.json'), '{"version": 7}');
    expect(() => readPlan(out)).toThrow(join(out, 'plan.json'));
    expect(readFileSync(join(out, 'plan.json'), 'utf8')).toBe('{"version": 7}');
  });
});

test('a sheet stacks references and snapshots at a whole-numbered scale', () => {
  const png = (value: number) =>
    Buffer.from(
      encodePng(
        contactSheet(new Float32Array(3 * 16 * 16).fill(value), { columns: 1, scale: 1, gap: 0 }),
      ),
    ).toString('base64');
  const arm = {
    ...armRecord({ id: 'a', variances: [] }),
    snapshots: [
      { iteration: 0, png: png(-1) },
      { iteration: 10, png: png(1) },
    ],
  };
  const record = {
    ...runRecord([{ id: 'a', variances: [] }]),
    references: [{ name: 'Real avatars', png: png(0) }],
  };
  const sheet = armSheet(record, arm);
  expect(sheet?.labels).toEqual([
    'Real avatars',
    'student before training',
    'student after 10 iterations',
  ]);
  // Three images of 16 rows with a gap of two between them, four pixels each.
  expect(sheet?.image).toMatchObject({ width: 64, height: (3 * 16 + 2 * 2) * 4 });
  const at = (y: number) => sheet?.image.data[4 * y * 64];
  expect([at(0), at(18 * 4), at(34 * 4), at(36 * 4)]).toEqual([128, 0, 255, 255]);
  expect(at(17 * 4)).toBe(255);
  expect(armSheet(record, armRecord({ id: 'a', variances: [] }))).toBeNull();
});

import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject } from 'vitest';
import { mergeFolders } from '../../../src/cli/labMerge';
import { parseLabCommand, type RunOptions } from '../../../src/cli/labOptions';
import { recordPath, writeSeed } from '../../../src/cli/labResults';
import { finishedRecord, runSeed, type RunContext } from '../../../src/cli/labRun';
import { fileReferenceCache } from '../../../src/cli/referenceCache';
import { shardFolder, shardUnits, unitsOf } from '../../../src/cli/shard';
import type { Gpu } from '../../../src/gpu/gpu';
import type { RunRecord } from '../../../src/lab/record';
import { readTeacher, type TeacherFile } from '../../../src/lab/teacher';
import { avatars } from '../../support/avatars';
import { readFixture } from '../../support/files';
import { test } from '../../support/gpu';
import { runProgram } from '../../support/program';
import { KERNEL_CHOICES } from '../../support/evaluate';

const TEACHER = 'tests/fixtures/tiny-teacher.safetensors';
const ARMS = ['ca-dm', 'dm'];
const [choice] = KERNEL_CHOICES;
if (!choice) throw new Error('no kernel choice');

let folder = '';
let teacher: TeacherFile;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-run-'));
  teacher = readTeacher(await readFixture(TEACHER));
});
afterAll(() => rm(folder, { recursive: true }));

const optionsOf = (...args: string[]): RunOptions => {
  const command = parseLabCommand(
    [
      ...['e1', '--arms', ARMS.join(), '--batch', '2', '--every', '2', '--samples', '8'],
      ...['--seeds', '1', '--iterations', '4', '--classifier', 'none', ...args],
    ],
    () => null,
    {},
  );
  if (command.kind !== 'run') throw new Error('no run');
  return command.options;
};

/** A run of one process, and what it said. */
const contextOf = (
  gpu: Gpu,
  out: string,
  options: RunOptions,
  changes: Partial<RunContext> = {},
): RunContext & { readonly said: string[] } => {
  const said: string[] = [];
  return {
    options,
    out,
    gpu,
    choice,
    teacher,
    task: avatars,
    teacherId: 'tiny',
    judge: null,
    cache: fileReferenceCache(join(folder, 'cache')),
    codeVersion: 'test',
    stop: new AbortController().signal,
    say: (line) => said.push(line),
    onProgress: () => undefined,
    onRecord: (record) => {
      writeSeed(out, record);
    },
    said,
    ...changes,
  };
};

/** A record without the time at which it was begun. */
const timeless = ({ created: _, ...record }: RunRecord) => record;

/** The run that others are compared with: all arms, from start to end. */
let whole: Promise<RunRecord> | undefined;
const unbroken = (gpu: Gpu): Promise<RunRecord> =>
  (whole ??= runSeed(contextOf(gpu, join(folder, 'whole'), optionsOf()), 1, ARMS));

describe('a run', () => {
  test('does its iterations and evaluations, and writes what it found', async ({ gpu }) => {
    const record = await unbroken(gpu);
    expect(record.experiment).toBe('e1');
    expect(record.codeVersion).toBe('test');
    expect(record.arms.map(({ id }) => id)).toEqual(ARMS);
    for (const arm of record.arms) {
      expect(arm.figures.map(({ iteration }) => iteration)).toEqual([1, 2, 3, 4]);
      expect(arm.evaluations.map(({ iteration }) => iteration)).toEqual([0, 2, 4]);
      expect(arm.snapshots.map(({ iteration }) => iteration)).toEqual([0, 2, 4]);
    }
    expect(record.references.length).toBeGreaterThan(1);
    const out = join(folder, 'whole');
    expect(JSON.parse(readFileSync(recordPath(out, 1), 'utf8'))).toEqual(record);
    for (const file of ['figures.csv', 'evaluations.csv', 'dm.png', 'dm.txt']) {
      expect(existsSync(join(out, 'seed-1', file)), file).toBe(true);
    }
    expect(finishedRecord(out, 1, optionsOf())).toEqual(record);
    expect(finishedRecord(out, 1, optionsOf('--iterations', '5'))).toBeNull();
  });

  test('split into shards and merged equals the whole', async ({ gpu }) => {
    const shards = [0, 1].map((index) => ({ index, count: 2, from: '' }));
    const folders: string[] = [];
    for (const shard of shards) {
      const out = join(folder, 'split', shardFolder(shard));
      const arms = shardUnits(unitsOf([1], ARMS), shard).map(({ arm }) => arm);
      expect(arms).toHaveLength(1);
      await runSeed(contextOf(gpu, out, optionsOf()), 1, arms);
      folders.push(out);
    }
    const [merged] = mergeFolders(folders, join(folder, 'merged'));
    expect(merged && timeless(merged)).toEqual(timeless(await unbroken(gpu)));
    const page = readFileSync(join(folder, 'merged', 'report.html'), 'utf8');
    expect(page).toContain('npm run lab -- merge');
    const summary = readFileSync(join(folder, 'merged', 'summary.csv'), 'utf8');
    expect(summary).toMatch(/^arm,quantity,iteration,mean,deviation,n\n/);
  });

  test('that was killed between two saves equals one that was not', async ({ gpu }) => {
    const out = join(folder, 'killed');
    const options = { ...optionsOf(), saveEvery: 0 };
    let saves = 0;
    const dying = contextOf(gpu, out, options, {
      onRecord: () => {
        // Dies with the third record, before its checkpoint.
        if (++saves === 3) throw new Error('killed');
      },
    });
    await expect(runSeed(dying, 1, ARMS)).rejects.toThrow('killed');
    const resumed = contextOf(gpu, out, optionsOf());
    const record = await runSeed(resumed, 1, ARMS);
    expect(resumed.said).toContain('seed 1: going on from iteration 2');
    expect(timeless(record)).toEqual(timeless(await unbroken(gpu)));
  });

  test('that was told to stop saves, and goes on', async ({ gpu }) => {
    const out = join(folder, 'stopped');
    const stop = new AbortController();
    const stopping = contextOf(gpu, out, optionsOf(), {
      stop: stop.signal,
      onProgress: () => {
        stop.abort();
      },
    });
    const part = await runSeed(stopping, 1, ARMS);
    const reached = part.arms[0]?.figures.length ?? 0;
    expect(reached).toBeGreaterThan(0);
    expect(reached).toBeLessThan(4);
    expect(finishedRecord(out, 1, optionsOf())).toBeNull();
    const record = await runSeed(contextOf(gpu, out, optionsOf()), 1, ARMS);
    expect(timeless(record)).toEqual(timeless(await unbroken(gpu)));
  });

  test('is evaluated at the iterations of --snapshots besides', async ({ gpu }) => {
    const options = optionsOf('--snapshots', '3', '--every', '0');
    const context = contextOf(gpu, join(folder, 'snapshots'), options);
    const record = await runSeed(context, 1, ['dm']);
    expect(record.arms[0]?.evaluations.map(({ iteration }) => iteration)).toEqual([3, 4]);
  });
});

describe('npm run lab', () => {
  const run = (...args: string[]) => runProgram(inject('rootDir'), 'lab', ...args);

  test('lists the experiments', async () => {
    const { code, output } = await run('list');
    expect(code).toBe(0);
    expect(output).toMatch(/e5 +Which schedules\? +Tab\. 1 and Fig\. 5 +4 arms/);
  });

  test('says in a line what is wrong, and exits with 1', async () => {
    await writeFile(join(folder, 'no.json'), 'no json');
    const refused: [string[], string][] = [
      [['e9'], 'There is no experiment e9'],
      [['e1', '--teacher', join(folder, 'none')], 'none'],
      [['e1', '--classifier', join(folder, 'none')], '--classifier none'],
      [['--config', join(folder, 'no.json')], 'no.json'],
      [['merge', join(folder, 'nowhere'), '--out', folder], 'There is no folder'],
    ];
    const runs = refused.map(async ([args, message]) => {
      const { code, output } = await run(...args, '--out', join(folder, 'refused'));
      expect(code, output).toBe(1);
      expect(output).toContain(message);
      expect(output).not.toMatch(/^\s+at /m);
    });
    await Promise.all(runs);
  });
});

import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../src/cli/arguments';
import { parseLabCommand, type RunOptions } from '../../../src/cli/labOptions';
import { readShard, shardFolder, shardUnits, unitsOf } from '../../../src/cli/shard';
import { ConfigError } from '../../../src/distill/config';
import { labConfigOf } from '../../../src/lab/experiments/experiment';
import { E1 } from '../../../src/lab/experiments/e1';

const noFile = (): never => {
  throw new Error('no file was to be read');
};
const parse = (...args: string[]) => parseLabCommand(args, noFile, {});
const run = (...args: string[]): RunOptions => {
  const command = parse(...args);
  if (command.kind !== 'run') throw new Error(`a run was asked for, got ${command.kind}`);
  return command.options;
};

describe('npm run lab', () => {
  test('runs an experiment as it is', () => {
    expect(run('e1')).toEqual({
      experiment: E1,
      config: labConfigOf(E1),
      seeds: [1, 2, 3],
      iterations: E1.iterations,
      evaluation: { every: 25, samples: 256, prompts: 'full', seed: 1, weights: 'average' },
      snapshots: [],
      shard: null,
      teacher: 'public/teachers/avatars.safetensors',
      // That of the teacher's task, which only its file tells.
      classifier: undefined,
      cache: 'node_modules/.cache/lab',
      out: 'runs/e1',
      saveEvery: 180,
    });
  });

  test('takes every option', () => {
    const options = run(
      ...['E1', '--out', 'there', '--iterations', '40', '--seeds', '2', '--seed', '7'],
      ...['--arms', 'dm, ca', '--batch', '8', '--prompts', 'full', '--every', '5'],
      ...['--samples', '16', '--weights', 'raw', '--snapshots', '30,3,30', '--teacher', 't'],
      ...['--classifier', 'none', '--shard', '2/3', '--cache', 'c', '--save-every', '9'],
    );
    expect(options).toMatchObject({
      seeds: [7, 8],
      iterations: 40,
      evaluation: { every: 5, samples: 16, weights: 'raw' },
      snapshots: [3, 30],
      shard: { index: 1, count: 3 },
      teacher: 't',
      classifier: null,
      cache: 'c',
      out: 'there',
      saveEvery: 9,
    });
    expect(options.config).toEqual(
      labConfigOf(E1, { seed: 7, batch: 8, prompts: 'full', arms: ['ca', 'dm'] }),
    );
  });

  test('runs a lab of one’s own from a file', () => {
    const file = { seed: 5, batch: 4, arms: [{ id: 'one', name: 'One' }] };
    const command = parseLabCommand(
      ['--config', 'lab.json', '--seeds', '2'],
      (name) => (name === 'lab.json' ? file : noFile()),
      {},
    );
    expect(command).toMatchObject({
      kind: 'run',
      options: { experiment: null, seeds: [5, 6], iterations: 200, out: 'runs/lab' },
    });
  });

  test('lists, merges and helps', () => {
    expect(parse('list')).toEqual({ kind: 'list' });
    expect(parse('--help')).toEqual({ kind: 'help' });
    expect(parse('merge', 'a', 'b', '--out', 'c')).toEqual({
      kind: 'merge',
      folders: ['a', 'b'],
      out: 'c',
    });
  });

  const refusals: [string[], string][] = [
    [[], 'Name an experiment (npm run lab -- list) or a --config file'],
    [['e1', '--config', 'x'], 'not both'],
    [['e9'], 'There is no experiment e9; there are e1, e1-4, e2'],
    [['e1', 'e2'], 'One experiment at a time, got e2 too.'],
    [['e1', '--arms', 'ca,gan'], '--arms takes some of ca-dm, ca, dm; got ca,gan.'],
    [['e1', '--arms', ','], '--arms takes some of'],
    [['e1', '--iterations', '0'], '--iterations must be a whole number from 1'],
    [['e1', '--seeds', 'many'], '--seeds must be a whole number from 1 to 1000, got many.'],
    [['e1', '--seed', '4294967295', '--seeds', '2'], '--seed leaves no room for 2'],
    [['e1', '--batch', '2000'], '--batch must be a whole number from 1 to 1024, got 2000.'],
    [['e1', '--prompts', 'some'], '--prompts must be full or partial, got some.'],
    [['e1', '--weights', 'best'], '--weights must be raw or average, got best.'],
    [['e1', '--every', '-1'], '--every'],
    [['e1', '--samples', '1'], '--samples must be a whole number from 8'],
    [['e1', '--snapshots', '301'], '--snapshots must be a whole number from 1 to 300, got 301.'],
    [['e1', '--shard', '4/3'], '--shard 4/3 is no part of a whole; write --shard 1/6'],
    [['e1', '--shard', '0/3'], '--shard 0/3'],
    [['e1', '--shard', 'half'], '--shard half'],
    [['e1', '--shards', '3'], 'neither --shard nor a scheduler says which this is'],
    [['merge', 'a'], 'npm run lab -- merge DIR... --out DIR'],
    [['merge', '--out', 'a'], 'npm run lab -- merge DIR... --out DIR'],
    [['e1', '--speed', '9'], '--speed'],
  ];
  test.each(refusals)('%j is refused with what to write instead', (args, message) => {
    expect(() => parse(...args)).toThrow(UsageError);
    expect(() => parse(...args)).toThrow(message);
  });

  test('a file that is no lab is refused by the name of its field', () => {
    const own = (content: unknown) => () => parseLabCommand(['--config', 'x'], () => content, {});
    expect(own({})).toThrow(ConfigError);
    expect(own({ arms: [{ id: 'a', name: 'A', config: { student: { steps: 9 } } }] })).toThrow(
      /arms\.0\.config\.student\.steps must be a whole number from 1 to 8, got 9/,
    );
  });
});

describe('shards', () => {
  const units = unitsOf([1, 2, 3], ['a', 'b', 'c']);

  test('units are every arm of every seed', () => {
    expect(units).toHaveLength(9);
    expect(new Set(units.map(({ seed, arm }) => `${seed} ${arm}`)).size).toBe(9);
  });

  test.each(Array.from({ length: 12 }, (_, index) => index + 1))(
    '%i of them cover every unit exactly once, evenly',
    (count) => {
      const parts = Array.from({ length: count }, (_, index) =>
        shardUnits(units, { index, count }),
      );
      expect(parts.flat()).toEqual(units);
      const sizes = parts.map((part) => part.length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    },
  );

  test('have a folder each', () => {
    expect(shardFolder({ index: 1, count: 6, from: '' })).toBe('shard-2-of-6');
  });

  test('are read from a Slurm array that counts from 1 or from 0', () => {
    const task = (id: number, first: number, count: number) => ({
      SLURM_ARRAY_TASK_ID: String(id),
      SLURM_ARRAY_TASK_MIN: String(first),
      SLURM_ARRAY_TASK_COUNT: String(count),
    });
    expect(readShard(undefined, undefined, task(1, 1, 6))).toMatchObject({ index: 0, count: 6 });
    expect(readShard(undefined, undefined, task(6, 1, 6))).toMatchObject({ index: 5, count: 6 });
    expect(readShard(undefined, undefined, task(5, 0, 6))).toMatchObject({ index: 5, count: 6 });
    // Task 3 of 6, sent again by itself: an array of one that begins at 3.
    expect(() => readShard(undefined, undefined, task(3, 3, 1))).toThrow('Say it: --shards N.');
    expect(readShard(undefined, 6, task(3, 3, 1))).toMatchObject({ index: 2, count: 6 });
    // Tasks 1 and 9 of an array with gaps.
    expect(() => readShard(undefined, undefined, task(9, 1, 2))).toThrow(UsageError);
  });

  test('are read from a Kubernetes Job, whose completions have to be said', () => {
    const pod = { JOB_COMPLETION_INDEX: '0' };
    expect(readShard(undefined, 4, pod)).toMatchObject({ index: 0, count: 4 });
    expect(() => readShard(undefined, undefined, pod)).toThrow('--shards N');
    expect(() => readShard(undefined, 4, { JOB_COMPLETION_INDEX: '4' })).toThrow(UsageError);
  });

  test('are what --shard says before all others, and none where nothing says any', () => {
    expect(readShard('1/2', undefined, { JOB_COMPLETION_INDEX: '3' })).toMatchObject({
      index: 0,
      count: 2,
    });
    expect(readShard(undefined, undefined, {})).toBeNull();
  });
});

import type { ArmId } from '../lab/config';
import { UsageError } from './arguments';

/** One arm of one seed: what can be run on a machine of its own. */
export interface Unit {
  readonly seed: number;
  readonly arm: ArmId;
}

/** One part of a run that is split over machines. */
export interface Shard {
  /** From 0. */
  readonly index: number;
  readonly count: number;
  /** Where that was said, for people. */
  readonly from: string;
}

/** All units of a run, seed by seed: neighbours share their evaluation's references. */
export const unitsOf = (seeds: readonly number[], arms: readonly ArmId[]): Unit[] =>
  seeds.flatMap((seed) => arms.map((arm) => ({ seed, arm })));

/** The units of one shard: every unit is in exactly one, and sizes differ by one at most. */
export const shardUnits = (
  units: readonly Unit[],
  { index, count }: Pick<Shard, 'index' | 'count'>,
): Unit[] =>
  units.slice(
    Math.floor((index * units.length) / count),
    Math.floor(((index + 1) * units.length) / count),
  );

/** Name of a shard's folder. */
export const shardFolder = ({ index, count }: Shard): string => `shard-${index + 1}-of-${count}`;

const numberOf = (text: string | undefined): number => {
  if (text === undefined || text.trim() === '') return NaN;
  return Number(text);
};

const checked = (index: number, count: number, from: string, given: string): Shard => {
  const fits = Number.isInteger(index) && Number.isInteger(count) && index >= 0 && index < count;
  if (!fits)
    throw new UsageError(`${given} is no part of a whole; write --shard 1/6, for example.`);
  return { index, count, from };
};

/** `i/n`, from 1 to n. */
const parseShard = (text: string): Shard => {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text.trim()) ?? [];
  return checked(numberOf(index) - 1, numberOf(count), '--shard', `--shard ${text}`);
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A task of a Slurm array that counts from 0 or 1 in steps of one. A part of an array, as when one
 * task is sent again, does not know the whole: `count` has to say it.
 */
const slurmShard = (environment: Environment, count: number | undefined): Shard => {
  const id = numberOf(environment['SLURM_ARRAY_TASK_ID']);
  const tasks = numberOf(environment['SLURM_ARRAY_TASK_COUNT']);
  const first = numberOf(environment['SLURM_ARRAY_TASK_MIN'] ?? '1');
  const whole = count ?? tasks;
  if (count === undefined && !(first <= 1 && id - first < tasks)) {
    throw new UsageError(
      `SLURM_ARRAY_TASK_ID is ${id}, of an array of ${tasks} from ${first} on: it cannot be told ` +
        'how many shards there are. Say it: --shards N.',
    );
  }
  // A lone task of a larger array starts at its own id; arrays here count from 1 unless they say 0.
  const origin = first === 0 ? 0 : 1;
  return checked(id - origin, whole, 'SLURM_ARRAY_TASK_ID', `Task ${id} of ${whole}`);
};

const kubernetesShard = (environment: Environment, count: number | undefined): Shard => {
  const index = numberOf(environment['JOB_COMPLETION_INDEX']);
  if (count === undefined) {
    throw new UsageError(
      'JOB_COMPLETION_INDEX is set, but not how many there are. Say it: --shards N, the completions of the Job.',
    );
  }
  return checked(index, count, 'JOB_COMPLETION_INDEX', `Completion ${index} of ${count}`);
};

/**
 * Which part of a run this process does: `--shard i/n`, a task of a Slurm array or an index of a
 * Kubernetes Job; null when it does all of it. `count` (`--shards`) is for where the scheduler does
 * not say it. Throws UsageError.
 */
export const readShard = (
  text: string | undefined,
  count: number | undefined,
  environment: Environment,
): Shard | null => {
  if (text !== undefined) return parseShard(text);
  if (environment['SLURM_ARRAY_TASK_ID'] !== undefined) return slurmShard(environment, count);
  if (environment['JOB_COMPLETION_INDEX'] !== undefined) return kubernetesShard(environment, count);
  if (count === undefined) return null;
  throw new UsageError(
    '--shards says how many there are, but neither --shard nor a scheduler says which this is.',
  );
};

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { mergeRecords } from '../lab/merge';
import { parseRecord, type RunRecord } from '../lab/record';
import { UsageError } from './arguments';
import { readJsonFile } from './files';
import { readPlan } from './labPlan';
import { recordPath, writeSeed, writeSummary } from './labResults';
import { unitsOf, type Unit } from './shard';

/** The records of a folder that a run wrote. Throws UsageError where there is none. */
const recordsOf = (folder: string): RunRecord[] => {
  if (!existsSync(folder)) throw new UsageError(`There is no folder ${folder}.`);
  const seeds = readdirSync(folder)
    .map((name) => /^seed-(\d+)$/.exec(name)?.[1])
    .filter((seed) => seed !== undefined)
    .map(Number)
    .filter((seed) => existsSync(recordPath(folder, seed)));
  if (seeds.length === 0) {
    throw new UsageError(`${folder} holds no record of a run (seed-N/record.json).`);
  }
  return seeds.map((seed) => parseRecord(readJsonFile('the record', recordPath(folder, seed))));
};

/** What the folders' plan asks for and the records lack: shards that were not run, or not named. */
export const missingUnits = (
  folders: readonly string[],
  records: readonly RunRecord[],
): readonly Unit[] => {
  const [plan] = folders.map(readPlan).filter((found) => found !== null);
  if (!plan) return [];
  const wanted = unitsOf(
    plan.seeds,
    plan.arms.map(({ id }) => id),
  );
  return wanted.filter(
    ({ seed, arm }) =>
      !records.some(
        ({ config, arms }) => config.seed === seed && arms.some(({ id }) => id === arm),
      ),
  );
};

/** Joins the records of folders and writes them, with their report, to `out`. */
export const mergeFolders = (folders: readonly string[], out: string): RunRecord[] => {
  const records = folders.flatMap(recordsOf);
  const [plan] = folders.map(readPlan).filter((found) => found !== null);
  const merged = mergeRecords(
    records,
    plan?.arms.map(({ id }) => id),
  );
  for (const record of merged) writeSeed(out, record);
  const parts = plan ? `${plan.command} (and the other parts); ` : '';
  const command = `${parts}npm run lab -- merge ${folders.join(' ')} --out ${join(out)}`;
  writeSummary(out, merged, command);
  return merged;
};

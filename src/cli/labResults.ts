import { join } from 'node:path';
import { formatCsv } from '../interchange/csv';
import { encodePng } from '../interchange/png';
import { findExperiment } from '../lab/experiments/registry';
import { judgeOverSeeds } from '../lab/claims/overSeeds';
import type { RunRecord } from '../lab/record';
import { evaluationsCsv, figuresCsv, votesCsv } from '../lab/recordCsv';
import { summarise } from '../lab/summarise';
import { writeWhole } from './files';
import { report } from './report/report';
import { armSheet } from './sheets';

/** The folder of one seed's results. */
export const seedFolder = (out: string, seed: number): string => join(out, `seed-${seed}`);

const RECORD = 'record.json';

export const recordPath = (out: string, seed: number): string =>
  join(seedFolder(out, seed), RECORD);

/** Writes one seed's record, its figures and evaluations as CSV, and a sheet of samples an arm. */
export const writeSeed = (out: string, record: RunRecord): void => {
  const folder = seedFolder(out, record.config.seed);
  writeWhole(join(folder, RECORD), `${JSON.stringify(record)}\n`);
  writeWhole(join(folder, 'figures.csv'), figuresCsv(record));
  writeWhole(join(folder, 'evaluations.csv'), evaluationsCsv(record));
  if (record.votes.length > 0) writeWhole(join(folder, 'votes.csv'), votesCsv(record));
  for (const arm of record.arms) {
    const sheet = armSheet(record, arm);
    if (!sheet) continue;
    writeWhole(join(folder, `${arm.id}.png`), encodePng(sheet.image));
    writeWhole(join(folder, `${arm.id}.txt`), `${sheet.labels.join('\n')}\n`);
  }
};

/** Every quantity of every arm over seeds, a row each iteration. */
const summaryCsv = (records: readonly RunRecord[]): string =>
  formatCsv(
    summarise(records).flatMap(({ id, series }) =>
      [...series].flatMap(([quantity, points]) =>
        points.map(({ iteration, mean, deviation, n }) => ({
          arm: id,
          quantity,
          iteration,
          mean,
          deviation,
          n,
        })),
      ),
    ),
    ['arm', 'quantity', 'iteration', 'mean', 'deviation', 'n'],
  );

/** Writes what all seeds say together: the report, and means and spreads as CSV. */
export const writeSummary = (out: string, records: readonly RunRecord[], command: string): void => {
  const experiment = findExperiment(records[0]?.experiment ?? '') ?? null;
  writeWhole(join(out, 'summary.csv'), summaryCsv(records));
  writeWhole(join(out, 'report.html'), report({ experiment, records, command }));
};

/** The experiment's claims with their state, a line each; none of a lab of one's own. */
export const claimLines = (records: readonly RunRecord[]): string[] =>
  (findExperiment(records[0]?.experiment ?? '')?.claims ?? []).map((claim) => {
    const { summary } = judgeOverSeeds(claim, records);
    return `  ${summary}: ${claim.says}`;
  });

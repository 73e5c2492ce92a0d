import type { RunRecord } from '../../lab/record';
import { evaluationsCsv, figuresCsv, votesCsv } from '../../lab/recordCsv';

/** JSON is the whole record; CSV is a table of figures, and of measurements and votes if there are any. */
export type RecordFormat = 'json' | 'csv';

/** Hands a run's record to the visitor as files. */
export const downloadRecord = (record: RunRecord, format: RecordFormat): void => {
  const name = `spear-and-shield-${record.created.slice(0, 19).replace(/[:T]/g, '-')}`;
  if (format === 'json') {
    saveFile(`${name}.json`, 'application/json', JSON.stringify(record));
    return;
  }
  saveFile(`${name}-figures.csv`, 'text/csv', figuresCsv(record));
  if (record.arms.some(({ evaluations }) => evaluations.length > 0)) {
    saveFile(`${name}-evaluations.csv`, 'text/csv', evaluationsCsv(record));
  }
  if (record.votes.length > 0) saveFile(`${name}-votes.csv`, 'text/csv', votesCsv(record));
};

/** Hands a file to the visitor. */
export const saveFile = (
  name: string,
  type: string,
  content: string | Uint8Array<ArrayBuffer>,
): void => {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the address by then.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 10_000);
};

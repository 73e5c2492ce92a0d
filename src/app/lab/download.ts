import type { RunRecord } from '../../lab/record';
import { evaluationsCsv, figuresCsv } from '../../lab/recordCsv';

/** JSON is the whole record; CSV is a table of figures, and one of measurements if there are any. */
export type RecordFormat = 'json' | 'csv';

/** Hands a run's record to the visitor as files. */
export const downloadRecord = (record: RunRecord, format: RecordFormat): void => {
  const name = `spear-and-shield-${record.created.slice(0, 19).replace(/[:T]/g, '-')}`;
  if (format === 'json') {
    save(`${name}.json`, 'application/json', JSON.stringify(record));
    return;
  }
  save(`${name}-figures.csv`, 'text/csv', figuresCsv(record));
  if (record.arms.some(({ evaluations }) => evaluations.length > 0)) {
    save(`${name}-evaluations.csv`, 'text/csv', evaluationsCsv(record));
  }
};

const save = (name: string, type: string, text: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the address by then.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 10_000);
};

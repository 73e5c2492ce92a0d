import { formatCsv, type CsvRow } from '../../../interchange/csv';
import type { Range } from '../axis';
import type { Curve } from '../curve';

/** Names of the curves' columns; equal names are told apart by a number. */
const columnNames = (curves: readonly Curve[]): string[] => {
  const used = new Map<string, number>();
  return curves.map(({ name }) => {
    const count = (used.get(name) ?? 0) + 1;
    used.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
};

/**
 * Every value of the curves within `range`, none left out: a row for each place, named by `across`,
 * a column for each curve, an empty cell where it has no value.
 */
export const chartCsv = (across: string, curves: readonly Curve[], [from, to]: Range): string => {
  const names = columnNames(curves);
  const place = across.toLowerCase();
  const rows = new Map<number, Record<string, number>>();
  curves.forEach(({ column: { x, y } }, curve) => {
    x.forEach((at, index) => {
      const value = y[index] ?? NaN;
      if (at < from || at > to || Number.isNaN(value)) return;
      const row = rows.get(at) ?? { [place]: at };
      row[names[curve] ?? ''] = value;
      rows.set(at, row);
    });
  });
  const sorted: CsvRow[] = [...rows].sort(([a], [b]) => a - b).map(([, row]) => row);
  return formatCsv(sorted, [place, ...names]);
};

import { csvFormat } from 'd3-dsv';

/** A cell: `null` and a missing key are written as an empty cell. */
export type CsvValue = string | number | boolean | null;
export type CsvRow = Readonly<Record<string, CsvValue>>;

/**
 * Rows to CSV text (RFC 4180, lines end in \n) under one header line. Columns are `columns` in
 * their order or, without, every key that occurs, in order of first occurrence. Numbers are
 * written in full precision; NaN and infinities by name, so that a diverged run shows as such.
 */
export function formatCsv(rows: readonly CsvRow[], columns?: readonly string[]): string {
  return `${csvFormat([...rows], columns && [...columns])}\n`;
}

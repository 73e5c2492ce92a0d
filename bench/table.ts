/** Cells of one line. */
export type Row = readonly string[];

/** Columns of equal width; the first is text, the others are figures. */
export const table = (rows: readonly Row[]): string => {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `  ${line}`)
    .join('\n');
};

/** A title and what is below it, after an empty line. */
export const section = (title: string, ...parts: readonly string[]): string =>
  ['', title, ...parts].join('\n');

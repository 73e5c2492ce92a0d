// The figures as a table in Markdown, to be pasted into docs/speed.md.

/** @param {number} value Three significant digits, thousands apart. */
const short = (value) =>
  value >= 100
    ? Math.round(value).toLocaleString('en-US')
    : value.toFixed(value >= 10 ? 1 : value >= 1 ? 2 : 3);

/**
 * Milliseconds and how many times those of the first; of products GFLOP/s as well.
 * @param {import('./compare/row').Row} row
 * @param {number} index
 */
const cell = ({ flops, results }, index) => {
  const [first] = results;
  const own = results[index];
  if (!first || !own) return '';
  const { median } = own.times;
  const ratio = index === 0 ? '' : ` (${(median / first.times.median).toFixed(2)}x)`;
  const speed = flops === null ? '' : `, ${short(flops / median / 1e6)} GFLOP/s`;
  return `${short(median)} ms${ratio}${speed}`;
};

/** @param {readonly import('./compare/row').Row[]} rows */
export const table = (rows) => {
  const names = rows[0]?.results.map(({ name }) => name) ?? [];
  const lines = [
    ['work', ...names],
    ['---', ...names.map(() => '---:')],
    ...rows.map((row) => [row.work, ...names.map((_, index) => cell(row, index))]),
  ];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
};

/**
 * The greatest difference from the first contender's answers in each kind of work, by contender.
 * @param {readonly import('./compare/row').Row[]} rows
 */
export const agreement = (rows) =>
  rows
    .flatMap(({ work, results }) =>
      results.slice(1).map(({ name, differences }) => {
        const all = Object.entries(differences).map(
          ([what, difference]) => `${what} ${difference.toExponential(1)}`,
        );
        return `${work}: ${name} differs in ${all.join(', ')}`;
      }),
    )
    .join('\n');

import { formatCsv, type CsvRow } from '../interchange/csv';
import { findTask } from '../tasks/registry';
import { figureRowSchema, type EvaluationRow, type RunRecord } from './record';

const ARM_COLUMNS = ['arm', 'name'];

/** The figures of every iteration of every arm, a row each. */
export const figuresCsv = ({ arms }: RunRecord): string =>
  formatCsv(
    arms.flatMap(({ id, name, figures }) => figures.map((row) => ({ arm: id, name, ...row }))),
    [...ARM_COLUMNS, ...Object.keys(figureRowSchema.shape)],
  );

/** Metrics that are one number each. */
const SCALARS = [
  'meanAccuracy',
  'allRight',
  'frechetReal',
  'frechetGuided',
  'coverage',
  'density',
  'mean',
  'variance',
  'saturation',
] as const satisfies readonly (keyof EvaluationRow)[];

const cellsOf = (row: EvaluationRow, attributes: readonly string[]): CsvRow => ({
  iteration: row.iteration,
  ...Object.fromEntries(SCALARS.map((name) => [name, row[name]])),
  ...Object.fromEntries(
    attributes.map((name) => [`accuracy.${name}`, row.accuracy?.[name] ?? null]),
  ),
  ...Object.fromEntries(row.spectrum.map((energy, bin) => [`spectrum.${bin}`, energy])),
});

/** Every evaluation of every arm, a row each; spectra have a column for each radial bin. */
export const evaluationsCsv = ({ task, arms }: RunRecord): string => {
  const attributes = findTask(task)?.prompts.attributes.map(({ name }) => name) ?? [];
  const rows = arms.flatMap(({ evaluations }) => evaluations);
  const bins = Math.max(0, ...rows.map(({ spectrum }) => spectrum.length));
  return formatCsv(
    arms.flatMap(({ id, name, evaluations }) =>
      evaluations.map((row) => ({ arm: id, name, ...cellsOf(row, attributes) })),
    ),
    [
      ...ARM_COLUMNS,
      'iteration',
      ...SCALARS,
      ...attributes.map((name) => `accuracy.${name}`),
      ...Array.from({ length: bins }, (_, bin) => `spectrum.${bin}`),
    ],
  );
};

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

/** Every vote, a row each, with the arms by side and whose picture was preferred. */
export const votesCsv = ({ task, votes }: RunRecord): string => {
  const toWords = findTask(task)?.toWords;
  return formatCsv(
    votes.map(({ image, ranking, tie, shown }) => ({
      image,
      better: tie ? null : (ranking[0] ?? null),
      ranking: ranking.join(' '),
      left: shown?.left.arm ?? null,
      leftIteration: shown?.left.iteration ?? null,
      right: shown?.right.arm ?? null,
      rightIteration: shown?.right.iteration ?? null,
      prompt: (shown && toWords?.(shown.prompt)) ?? null,
      noise: shown?.noise ?? null,
      order: shown?.order ?? null,
    })),
    VOTE_COLUMNS,
  );
};

const VOTE_COLUMNS = [
  ...['image', 'better', 'ranking', 'left', 'leftIteration', 'right', 'rightIteration'],
  ...['prompt', 'noise', 'order'],
];

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

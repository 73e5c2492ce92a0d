import type { FigureRow, RunRecord } from '../../lab/record';
import { summarise, type ArmSummary } from '../../lab/summarise';
import type { Curve } from './plot';

/** Most points of a curve: more cannot be told apart. */
const MOST_POINTS = 60;

const meanOf = (rows: readonly FigureRow[], name: keyof FigureRow): number | null => {
  const values = rows.map((row) => row[name]).filter((value): value is number => value !== null);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
};

/** Rows averaged over every `width` iterations, each named by its last. */
const averaged = (rows: readonly FigureRow[], width: number): FigureRow[] => {
  const slots = new Map<number, FigureRow[]>();
  for (const row of rows) {
    const slot = Math.ceil(row.iteration / width) * width;
    slots.set(slot, [...(slots.get(slot) ?? []), row]);
  }
  return [...slots.values()].map((slot) => {
    const last = slot.at(-1);
    if (!last) throw new RangeError('A slot without a row.');
    const means = Object.keys(last)
      .filter((name) => name !== 'iteration')
      .map((name) => [name, meanOf(slot, name as keyof FigureRow)]);
    return { ...last, ...(Object.fromEntries(means) as Partial<FigureRow>) };
  });
};

/** Iterations that one point of a curve of training figures stands for. */
export const pointWidth = (records: readonly RunRecord[]): number => {
  const longest = Math.max(
    1,
    ...records.flatMap(({ arms }) => arms.map(({ figures }) => figures.at(-1)?.iteration ?? 0)),
  );
  return Math.max(1, Math.ceil(longest / MOST_POINTS));
};

/** The summary whose training figures are averaged over `pointWidth` iterations in every seed. */
export const summariseForPlots = (records: readonly RunRecord[]): ArmSummary[] => {
  const width = pointWidth(records);
  return summarise(
    records.map((record) => ({
      ...record,
      arms: record.arms.map((arm) => ({ ...arm, figures: averaged(arm.figures, width) })),
    })),
  );
};

/** The curves of one quantity, an arm each. */
export const curvesOf = (arms: readonly ArmSummary[], metric: string): Curve[] =>
  arms.map(({ name, series }, place) => ({ name, place, points: series.get(metric) ?? [] }));

/** The spectra of the arms at their last evaluation: energy by radial frequency. */
export const spectraOf = (arms: readonly ArmSummary[]): Curve[] =>
  arms.map(({ name, series }, place) => ({
    name,
    place,
    // Bin 0 is the mean, which is far larger than the rest.
    points: [...series]
      .filter(([metric]) => metric.startsWith('spectrum.') && metric !== 'spectrum.0')
      .flatMap(([metric, points]) => {
        const last = points.at(-1);
        return last ? [{ ...last, iteration: Number(metric.slice('spectrum.'.length)) }] : [];
      }),
  }));

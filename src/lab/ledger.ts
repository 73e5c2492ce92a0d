import type { IterationFigures } from '../distill/figures';
import type { ArmConfig } from './config';
import { TAU_BINS, type ArmRecord, type EvaluationRow } from './record';

/** What is written down of an arm while it trains. */
export type Entries = Pick<
  ArmRecord,
  'changes' | 'figures' | 'evaluations' | 'tauHistograms' | 'snapshots'
>;

const EMPTY_HISTOGRAM: number[] = new Array<number>(TAU_BINS).fill(0);
const NOTHING: Entries = {
  changes: [],
  figures: [],
  evaluations: [],
  tauHistograms: { ca: EMPTY_HISTOGRAM, dm: EMPTY_HISTOGRAM, gan: EMPTY_HISTOGRAM },
  snapshots: [],
};

/** Adds noise levels of [0, 1] to a histogram; 1 falls into the last bin. */
export const countTaus = (histogram: number[], taus: Float32Array): void => {
  for (const tau of taus) {
    const bin = Math.min(Math.floor(tau * TAU_BINS), TAU_BINS - 1);
    histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
};

/** The growing part of an arm's record. Figures come in the order of their iterations. */
export class Ledger {
  readonly #entries: Entries;

  /** Empty, or going on from what was written down of an arm before; `before` stays as it is. */
  constructor(before: Entries = NOTHING) {
    const { changes, figures, evaluations, tauHistograms, snapshots } = before;
    this.#entries = {
      changes: [...changes],
      figures: [...figures],
      evaluations: [...evaluations],
      snapshots: [...snapshots],
      tauHistograms: {
        ca: [...tauHistograms.ca],
        dm: [...tauHistograms.dm],
        gan: [...tauHistograms.gan],
      },
    };
  }

  /** Everything so far; what is written down later does not change it. */
  entries(): Entries {
    return new Ledger(this.#entries).#entries;
  }

  /** Whether an evaluation of that iteration is written down. */
  hasEvaluation(iteration: number): boolean {
    return this.#entries.evaluations.some((row) => row.iteration === iteration);
  }

  noteFigures({ taus, ...row }: IterationFigures): void {
    this.#entries.figures.push(row);
    for (const term of ['ca', 'dm', 'gan'] as const) {
      const drawn = taus[term];
      if (drawn) countTaus(this.#entries.tauHistograms[term], drawn);
    }
  }

  /** The configuration that holds for every iteration after this one. */
  noteConfig(iteration: number, config: ArmConfig): void {
    const { changes } = this.#entries;
    if (JSON.stringify(changes.at(-1)?.config) === JSON.stringify(config)) return;
    // What was changed again before an iteration used it never was.
    if (changes.at(-1)?.iteration === iteration) changes.pop();
    changes.push({ iteration, config });
  }

  /** An evaluation with its contact sheet; one of the same iteration is replaced. */
  noteEvaluation(row: EvaluationRow, png: string): void {
    const { iteration } = row;
    const entries = this.#entries;
    entries.evaluations = ordered(entries.evaluations, row);
    entries.snapshots = ordered(entries.snapshots, { iteration, png });
  }

  /**
   * A copy of what belongs to the iterations up to this one. Histograms count every level drawn,
   * of iterations that were undone as well.
   */
  upTo(iteration: number): Ledger {
    const upTo = <Row extends { readonly iteration: number }>(rows: readonly Row[]): Row[] =>
      rows.filter((row) => row.iteration <= iteration);
    const { changes, figures, evaluations, snapshots, tauHistograms } = this.#entries;
    return new Ledger({
      changes: upTo(changes),
      figures: upTo(figures),
      evaluations: upTo(evaluations),
      snapshots: upTo(snapshots),
      tauHistograms,
    });
  }
}

/** Rows by iteration with one more, which takes the place of another of its iteration. */
const ordered = <Row extends { readonly iteration: number }>(
  rows: readonly Row[],
  row: Row,
): Row[] =>
  [...rows.filter(({ iteration }) => iteration !== row.iteration), row].sort(
    (a, b) => a.iteration - b.iteration,
  );

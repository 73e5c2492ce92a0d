import type { TauTermId } from '../distill/config';
import type { IterationFigures } from '../distill/figures';
import type { ArmId } from '../lab/config';
import type { EvaluationRow } from '../lab/record';
import type { ArmMetrics, MetricsPoint, TauHistograms } from './protocol/reports';
import { TauWindow } from './tauWindow';

interface Page {
  points: MetricsPoint[];
  evaluations: EvaluationRow[];
  readonly taus: Map<TauTermId, TauWindow>;
}

/** Gathers what is new of every arm between two reports. */
export class Journal {
  readonly #pages = new Map<ArmId, Page>();

  /** Adds the figures of one round. */
  note(round: ReadonlyMap<ArmId, IterationFigures>): void {
    for (const [arm, { taus, ...point }] of round) {
      const page = this.#page(arm);
      page.points.push(point);
      for (const term of TAU_TERMS) {
        const levels = taus[term];
        if (levels === undefined) page.taus.delete(term);
        else windowOf(page, term).add(levels);
      }
    }
  }

  /** Adds a measurement of one arm. */
  noteEvaluation(arm: ArmId, evaluation: EvaluationRow): void {
    this.#page(arm).evaluations.push(evaluation);
  }

  /** Drops an arm that was removed. */
  forget(arm: ArmId): void {
    this.#pages.delete(arm);
  }

  /** What is new since the last call, by arm; empty when nothing is. */
  take(): Record<ArmId, ArmMetrics> {
    const news: Record<ArmId, ArmMetrics> = {};
    for (const [arm, page] of this.#pages) {
      const { points, evaluations } = page;
      if (points.length === 0 && evaluations.length === 0) continue;
      news[arm] = { points, evaluations, taus: histograms(page) };
      page.points = [];
      page.evaluations = [];
    }
    return news;
  }

  #page(arm: ArmId): Page {
    const known = this.#pages.get(arm);
    if (known) return known;
    const page: Page = { points: [], evaluations: [], taus: new Map() };
    this.#pages.set(arm, page);
    return page;
  }
}

const TAU_TERMS = ['ca', 'dm', 'gan'] as const satisfies readonly TauTermId[];

const windowOf = ({ taus }: Page, term: TauTermId): TauWindow => {
  const known = taus.get(term);
  if (known) return known;
  const window = new TauWindow();
  taus.set(term, window);
  return window;
};

const histograms = ({ taus }: Page): TauHistograms =>
  Object.fromEntries([...taus].map(([term, window]) => [term, window.counts]));

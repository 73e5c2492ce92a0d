import { create } from 'zustand';
import type { Owner } from './curve';

/** How a visitor wants the charts, for as long as the page is open. */
export interface ChartLook {
  /** Charts that are put away, by id. */
  readonly hidden: ReadonlySet<string>;
  /** Charts with a logarithmic scale, by id. */
  readonly log: ReadonlySet<string>;
  /** Those whose curves are not drawn. */
  readonly off: ReadonlySet<Owner>;
  /** The chart that was put away last, whose button has the focus then. */
  readonly lastHidden: string | null;
}

export const useChartLook = create<ChartLook>()(() => ({
  // Companions of other charts, there for whoever asks.
  hidden: new Set(['allRight', 'density']),
  // Energies fall over decades.
  log: new Set(['spectrum']),
  off: new Set(),
  lastHidden: null,
}));

const toggled = <Id extends string>(set: ReadonlySet<Id>, id: Id): ReadonlySet<Id> => {
  const changed = new Set(set);
  if (!changed.delete(id)) changed.add(id);
  return changed;
};

/** Puts a chart away, or gets it back. */
export const toggleChart = (id: string): void => {
  useChartLook.setState(({ hidden }) => ({
    hidden: toggled(hidden, id),
    lastHidden: hidden.has(id) ? null : id,
  }));
};

/** Changes a chart between a linear and a logarithmic scale. */
export const toggleLog = (id: string): void => {
  useChartLook.setState(({ log }) => ({ log: toggled(log, id) }));
};

/** Hides an owner's curves in all charts, or shows them again. */
export const toggleOwner = (owner: Owner): void => {
  useChartLook.setState(({ off }) => ({ off: toggled(off, owner) }));
};

import { createContext, use } from 'react';
import { createStore, useStore, type StoreApi } from 'zustand';
import { WHOLE, type Span } from './span';

/** A horizontal axis that charts share, with what is looked at of it. */
export interface Across {
  /** What it counts, as a title: "Iteration". */
  readonly name: string;
  readonly span: StoreApi<Span>;
}

export const createAcross = (name: string): Across => ({ name, span: createStore(() => WHOLE) });

/** The iterations of the bench's run. */
export const ITERATIONS = createAcross('Iteration');
/** Spatial frequencies, in periods a picture. */
export const FREQUENCIES = createAcross('Frequency');

/** The axis of the charts inside. */
export const AcrossContext = createContext<Across>(ITERATIONS);

export const useAcross = (): Across => use(AcrossContext);

/** Subscribes to a part of what is looked at. */
export const useSpan = <Part>(select: (span: Span) => Part): Part =>
  useStore(useAcross().span, select);

import type { KernelChoice } from '../../src/graph/kernel';
import type { Peak } from '../peak/peak';
import type { ProductReport } from '../products';
import type { Profile } from '../profile';
import type { ScaleReport } from '../scale/scale';

/** A network at a batch for which there was no memory. */
export interface Unfit {
  readonly network: string;
  readonly batch: number;
  readonly reason: string;
}

/** Everything that the page found, as it comes; saved as JSON. */
export interface PageReport {
  readonly adapter: string;
  readonly software: boolean;
  readonly features: readonly string[];
  readonly browser: string;
  readonly choice: KernelChoice | null;
  readonly peak: Peak | null;
  readonly products: readonly ProductReport[];
  readonly scales: readonly (ScaleReport | Unfit)[];
  /** Where the time of an iteration goes, or why that is not known; null until it is its turn. */
  readonly profile:
    (Profile & { readonly batch: number }) | { readonly unavailable: string } | null;
}

export const isUnfit = (row: ScaleReport | Unfit): row is Unfit => 'reason' in row;

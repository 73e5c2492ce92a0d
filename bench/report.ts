import type { KernelChoice } from '../src/graph/kernel';
import type { Surroundings } from './adapter';
import type { AttentionReport } from './attention';
import type { IterationReport } from './iteration';
import type { Peak } from './peak/peak';
import type { PrecisionReport } from './precision';
import type { ProductReport } from './products';
import type { Profile } from './profile';

/** Everything that a run of the bench found; written as JSON. */
export interface BenchReport {
  readonly surroundings: Surroundings;
  readonly choice: KernelChoice;
  readonly run: {
    readonly teacher: string;
    readonly parameters: number;
    readonly batch: number;
    readonly criticUpdates: number;
  };
  readonly preparation: {
    /** Seconds to plan, to compile all pipelines and to upload, with nothing cached by us. */
    readonly seconds: number;
    readonly pipelines: number;
  };
  readonly iteration: IterationReport;
  /** Most bytes of GPU buffers that lived at once while it trained. */
  readonly peakBytes: number;
  /** The least that it could do with: parameters, optimizers' states, temporaries needed at once. */
  readonly leastBytes: number;
  /** Or why there is none: an adapter without timestamp queries. */
  readonly profile: Profile | { readonly unavailable: string };
  /** Asked for with `--variants`, where the adapter has half precision. */
  readonly precisions: PrecisionReport | null;
  readonly products: readonly ProductReport[];
  readonly peak: Peak;
  /** The choice in use first. */
  readonly attention: readonly AttentionReport[];
}

import { create } from 'zustand';
import type { Inspection } from '../../distill/microscope';
import type { ArmId } from '../../lab/config';

/** What lies under the microscope. */
export interface MicroscopeSlice {
  /** Null while the microscope is closed. */
  readonly slide: { readonly arm: ArmId; readonly sample: number } | null;
  /** Noise level at which the networks are compared, 0 (noise) to 1 (clean). */
  readonly tau: number;
  /** The newest view of this slide, perhaps still of another noise level; null: none yet. */
  readonly view: { readonly inspection: Inspection; readonly iteration: number } | null;
}

/** Half way, where neither noise nor detail rules. */
const FIRST_TAU = 0.5;

export const useMicroscope = create<MicroscopeSlice>()(() => ({
  slide: null,
  tau: FIRST_TAU,
  view: null,
}));

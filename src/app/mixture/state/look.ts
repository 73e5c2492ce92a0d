import { create } from 'zustand';
import { noiseLevel, type NoiseLevel } from '../../../flow/time';
import type { MixtureLook } from '../../../worker/mixture/protocol';

/** Which density of the teacher the contours are of. */
export type DensityKind = 'conditional' | 'unconditional' | 'guided' | 'none';

/** What can be drawn over the contours. */
export type Layer = 'points' | 'renoised' | 'ca' | 'dm' | 'sum';

/** What the picture shows; none of it changes the run. */
export interface LookSlice {
  readonly tau: NoiseLevel;
  readonly arrows: MixtureLook['arrows'];
  /** The class that is shown alone; null: all. */
  readonly class: number | null;
  readonly density: DensityKind;
  /** Whether contours are those of the density at the noise level tau. */
  readonly atTau: boolean;
  readonly layers: Readonly<Record<Layer, boolean>>;
  /** Whether the view widens when points leave it. */
  readonly follow: boolean;
}

export const useLook = create<LookSlice>()(() => ({
  tau: noiseLevel(0.6),
  arrows: 'samples',
  class: null,
  density: 'conditional',
  atTau: false,
  layers: { points: true, renoised: false, ca: true, dm: true, sum: false },
  follow: true,
}));

/** Shows a layer, or hides it. */
export const showLayer = (layer: Layer, shown: boolean): void => {
  useLook.setState(({ layers }) => ({ layers: { ...layers, [layer]: shown } }));
};

/** The part of the look that the Worker computes. */
export const orderOf = ({ tau, arrows, class: of }: LookSlice): MixtureLook => ({
  tau,
  arrows,
  class: of,
});

import { create } from 'zustand';
import { parseArmConfig, type ArmConfig } from '../../../lab/config';
import { DEFAULT_BATCH, DEFAULT_CONFIG, DEFAULT_SEED } from '../../../lab/mixture/defaults';
import { DESIGNS, findDesign } from '../../../tasks/mixture/designs/registry';
import type { Mixture } from '../../../tasks/mixture/mixture';
import { steer } from '../../state/steering';

/** The distribution that is drawn by hand, among the ids of the designs. */
export const OWN = 'own';

/** Everything that a visitor sets about the run. It outlives pauses, restarts and failures. */
export interface SetupSlice {
  /** Id of a design, or OWN. */
  readonly design: string;
  /** What was drawn by hand, when something was. */
  readonly own: Mixture | null;
  readonly config: ArmConfig;
  /** Points an update; it takes effect when a run begins. */
  readonly batch: number;
  readonly seed: number;
}

const FIRST = DESIGNS[0];
if (FIRST === undefined) throw new RangeError('There is at least one design.');

/** What every setting is restored to. */
const ORIGIN = parseArmConfig(DEFAULT_CONFIG);

export const useSetup = create<SetupSlice>()(() => ({
  design: FIRST.id,
  own: null,
  config: ORIGIN,
  batch: DEFAULT_BATCH,
  seed: DEFAULT_SEED,
}));

/** The distribution that was chosen. */
export const chosenMixture = ({ design, own }: Pick<SetupSlice, 'design' | 'own'>): Mixture =>
  (design === OWN ? own : findDesign(design)?.mixture) ?? FIRST.mixture;

/** Replaces the student's configuration by what `change` makes of it. */
export const changeConfig = (change: (config: ArmConfig) => ArmConfig): void => {
  useSetup.setState(({ config }) => ({ config: change(config) }));
};

/** What the controls of terms, schedules and steps act on in this view. */
export const PLANE_STEERING = steer(
  useSetup,
  ({ config }) => config,
  changeConfig,
  () => ORIGIN,
);

import { NETWORK_SETTINGS } from './networks';
import type { Setting } from './setting';
import { TAU_SETTINGS } from './taus';
import { TERM_SETTINGS } from './terms';

/** Everything that can be set of an arm, in the order in which differences are told. */
export const SETTINGS = {
  ...TERM_SETTINGS,
  ...TAU_SETTINGS,
  ...NETWORK_SETTINGS,
} satisfies Record<string, Setting>;

export type SettingId = keyof typeof SETTINGS;

export const SETTING_IDS = Object.keys(SETTINGS) as SettingId[];

import type { ArmConfig } from '../../lab/config';
import { SETTING_IDS, SETTINGS, type SettingId } from './catalogue';

/** The settings in which two configurations differ, whether they have an effect or not. */
export const changedSettings = (config: ArmConfig, from: ArmConfig): SettingId[] =>
  SETTING_IDS.filter((id) => SETTINGS[id].read(config) !== SETTINGS[id].read(from));

/**
 * What makes `mine` another arm than `other`, in words, one piece each. What has no effect in `mine`
 * is left out: the guidance scale of an arm without CA is nothing that tells it apart.
 */
export const differencesInWords = (mine: ArmConfig, other: ArmConfig): string[] =>
  changedSettings(mine, other)
    .filter((id) => SETTINGS[id].counts(mine))
    .map((id) => SETTINGS[id].tell(mine, other));

import { scheduleOf, SCHEDULES } from '../../../distill/presets';
import { distillConfigOf, type ArmConfig } from '../../../lab/config';
import { armInWords } from '../../lib/terms';
import type { SettingsMark } from '../state/run';

/** Marks of moved sliders that are nearer than this, in iterations, are one. */
const NEAR = 40;

const scheduleInWords = (config: ArmConfig): string => {
  if (config.student.steps === 1) return '';
  const id = scheduleOf(distillConfigOf({ seed: 0, batch: 1, prompts: 'full' }, config));
  return id === null ? '' : `, ${SCHEDULES[id].name.toLowerCase()}`;
};

/** What a run goes by, in a few words: "CA + DM", "CA only, 4 steps". */
export const settingsInWords = (config: ArmConfig): string =>
  `${armInWords(config)}${scheduleInWords(config)}`;

/**
 * Adds the mark of a change of settings after `iteration`. A change of terms, steps or schedule is
 * named; moving a slider leaves one mark, however long it takes.
 */
export const markChange = (
  marks: readonly SettingsMark[],
  before: ArmConfig,
  now: ArmConfig,
  iteration: number,
): readonly SettingsMark[] => {
  const [old, words] = [settingsInWords(before), settingsInWords(now)];
  const last = marks.at(-1);
  if (old === words) {
    const near = last !== undefined && iteration - last.iteration < NEAR;
    return near ? marks : [...marks, { iteration, words: 'settings' }];
  }
  const earlier = marks.filter((mark) => mark.iteration < iteration);
  return [...earlier, { iteration, words }];
};

import { SCHEDULES, scheduleOf } from '../../distill/presets';
import type { ScheduleId } from '../../distill/presets';
import { armConfigOf, distillConfigOf } from '../../lab/config';
import { changeArm, selectedArm, useBench } from '../state/bench';
import { Select } from './Select';

type Choice = ScheduleId | 'own';

const OPTIONS: readonly (readonly [Choice, string])[] = Object.entries(SCHEDULES)
  .map(([id, { row, name }]) => [id as ScheduleId, `${row}. ${name}`] as const)
  .sort(([, a], [, b]) => a.localeCompare(b));

const apply = (choice: Choice): void => {
  if (choice === 'own') return;
  const { shared } = useBench.getState();
  changeArm((config) => armConfigOf(SCHEDULES[choice].apply(distillConfigOf(shared, config))));
};

/** The four rows of the paper's Tab. 1, and whatever else the visitor has set. */
export const ScheduleChooser = () => {
  const schedule = useBench((bench) =>
    scheduleOf(distillConfigOf(bench.shared, selectedArm(bench).config)),
  );
  const steps = useBench((bench) => selectedArm(bench).config.student.steps);
  return (
    <Select<Choice>
      label="Schedule of noise levels"
      value={schedule ?? 'own'}
      options={schedule === null ? [['own', 'Your own'], ...OPTIONS] : OPTIONS}
      hint={
        steps === 1
          ? 'The rows of Tab. 1. With one step, 2, 3 and 4 are the same.'
          : 'The rows of Tab. 1; the last is the paper’s method.'
      }
      onChange={apply}
    />
  );
};

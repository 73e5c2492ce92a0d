import { SCHEDULES, scheduleOf } from '../../distill/presets';
import type { ScheduleId } from '../../distill/presets';
import { armConfigOf, distillConfigOf } from '../../lab/config';
import type { ArmConfig } from '../../lab/config';
import { useSteer, useSteered } from '../state/steering';
import { Select } from '../fields/Select';

type Choice = ScheduleId | 'own';

const OPTIONS: readonly (readonly [Choice, string])[] = Object.entries(SCHEDULES)
  .map(([id, { row, name }]) => [id as ScheduleId, `${row}. ${name}`] as const)
  .sort(([, a], [, b]) => a.localeCompare(b));

/** A schedule says nothing of what arms share, and asks nothing of it. */
const ANY = { seed: 0, batch: 1, prompts: 'full' } as const;

const withSchedule = (config: ArmConfig, id: ScheduleId): ArmConfig =>
  armConfigOf(SCHEDULES[id].apply(distillConfigOf(ANY, config)));

/** The four rows of the paper's Tab. 1, and whatever else the visitor has set. */
export const ScheduleChooser = () => {
  const schedule = useSteered((config) => scheduleOf(distillConfigOf(ANY, config)));
  const steps = useSteered(({ student }) => student.steps);
  const change = useSteer();
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
      onChange={(choice) => {
        if (choice !== 'own') change((config) => withSchedule(config, choice));
      }}
    />
  );
};

import { useRun } from '../state/run';
import { useSettings, withStudent } from '../state/settings';
import { OnReset } from './OnReset';

const STEPS = [1, 2, 4, 8] as const;

const choose = (steps: number): void =>
  useSettings.getState().change((config) => withStudent(config, { steps }));

/** How many steps the student may take from noise to picture. */
export const StudentSteps = () => {
  const steps = useSettings(({ config }) => config.student.steps);
  const running = useRun(({ began }) => began?.student.steps);
  return (
    <fieldset className="field segmented">
      <legend>Student’s steps</legend>
      <div className="segments">
        {STEPS.map((count) => (
          <label key={count}>
            <input
              type="radio"
              name="student-steps"
              value={count}
              checked={steps === count}
              onChange={() => choose(count)}
            />
            <span>{count}</span>
          </label>
        ))}
      </div>
      <OnReset
        pending={running !== undefined && running !== steps}
        hint="From noise to picture. Above one step, “only above t” begins to matter."
      />
    </fieldset>
  );
};

import { changeArm, useArmConfig, withStudent } from '../state/bench';

const STEPS = [1, 2, 4, 8] as const;

/** How many steps the student may take from noise to picture. */
export const StudentSteps = () => {
  const steps = useArmConfig(({ student }) => student.steps);
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
              onChange={() => changeArm((config) => withStudent(config, { steps: count }))}
            />
            <span>{count}</span>
          </label>
        ))}
      </div>
      <p className="hint">
        From noise to picture. Above one step, “only above t” begins to matter.
      </p>
    </fieldset>
  );
};

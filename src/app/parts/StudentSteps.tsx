import { withStudent } from '../state/bench';
import { useSteer, useSteered } from '../state/steering';

interface StudentStepsProps {
  readonly choices: readonly number[];
  /** What the student's steps lead to. */
  readonly goal: string;
}

/** How many steps the student may take from noise to its goal. */
export const StudentSteps = ({ choices, goal }: StudentStepsProps) => {
  const steps = useSteered(({ student }) => student.steps);
  const change = useSteer();
  return (
    <fieldset className="field segmented">
      <legend>Student’s steps</legend>
      <div className="segments">
        {choices.map((count) => (
          <label key={count}>
            <input
              type="radio"
              name="student-steps"
              value={count}
              checked={steps === count}
              onChange={() => change((config) => withStudent(config, { steps: count }))}
            />
            <span>{count}</span>
          </label>
        ))}
      </div>
      <p className="hint">From noise to {goal}. Above one step, “only above t” begins to matter.</p>
    </fieldset>
  );
};

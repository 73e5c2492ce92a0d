import { withStudent } from '../state/bench';
import { useSteer, useSteered } from '../state/steering';
import { Choice } from '../fields/Choice';

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
    <Choice
      label="Student’s steps"
      setting="student.steps"
      value={String(steps)}
      options={choices.map((count) => [String(count), count] as const)}
      hint={`From noise to ${goal}. Above one step, “only above t” begins to matter.`}
      onChange={(count) => change((config) => withStudent(config, { steps: Number(count) }))}
    />
  );
};

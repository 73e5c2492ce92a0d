import { ChevronRight } from 'lucide-react';
import { useRun } from '../state/run';
import {
  changeArm,
  changeEvaluation,
  changeShared,
  useArmConfig,
  useBench,
  withCritic,
  withDiscriminator,
  withStudent,
} from '../state/bench';
import { Checkbox } from './Checkbox';
import { NumberField } from './NumberField';
import { RestoreButton } from './RestoreButton';
import { Select } from './Select';
import { Trouble } from './Trouble';

const isWhole = (least: number, most: number) => (value: number) =>
  Number.isInteger(value) && value >= least && value <= most;
const isIn = (least: number, most: number) => (value: number) => value >= least && value <= most;
const isRate = isIn(0, 1);
const isClip = isIn(0, 1e6);

/** Settings of the selected arm that a first visit can do without. */
const ArmFields = () => {
  const { student, critic, discriminator, normalise } = useArmConfig((config) => config);
  return (
    <div className="more-fields">
      <NumberField
        label="Student’s learning rate"
        setting="student.learningRate"
        value={student.learningRate}
        isValid={isRate}
        rule="A number from 0 to 1, such as 1e-4."
        onChange={(learningRate) => changeArm((c) => withStudent(c, { learningRate }))}
      />
      <Trouble at="student" />
      <NumberField
        label="Student’s gradient clip"
        setting="student.gradientClip"
        value={student.gradientClip}
        isValid={isClip}
        rule="Largest norm of its gradient; 0 is off."
        onChange={(gradientClip) => changeArm((c) => withStudent(c, { gradientClip }))}
      />
      <NumberField
        label="Decay of the student’s average"
        setting="student.emaDecay"
        value={student.emaDecay}
        isValid={isIn(0, 0.99999)}
        rule="0 to 0.99999; measurements use the average."
        onChange={(emaDecay) => changeArm((c) => withStudent(c, { emaDecay }))}
      />
      <NumberField
        label="Critic’s learning rate"
        setting="critic.learningRate"
        value={critic.learningRate}
        isValid={isRate}
        rule="A number from 0 to 1, such as 2e-4."
        onChange={(learningRate) => changeArm((c) => withCritic(c, { learningRate }))}
      />
      <NumberField
        label="Discriminator’s learning rate"
        setting="discriminator.learningRate"
        value={discriminator.learningRate}
        isValid={isRate}
        rule="A number from 0 to 1, such as 2e-4."
        onChange={(learningRate) => changeArm((c) => withDiscriminator(c, { learningRate }))}
      />
      <Select
        label="Later steps begin from"
        setting="student.start"
        value={student.start}
        options={[
          ['simulation', 'the student’s own pictures'],
          ['teacher', 'the teacher’s, noised'],
        ]}
        hint="Backward simulation trains as the student is used."
        onChange={(start) => changeArm((c) => withStudent(c, { start }))}
      />
      <Checkbox
        checked={normalise}
        setting="normalise"
        onChange={(on) => changeArm((c) => ({ ...c, normalise: on }))}
      >
        Divide the updates of CA and DM by their size, as DMD2 does
      </Checkbox>
      <Trouble at="normalise" />
    </div>
  );
};

const { shared: SHARED, evaluation: EVALUATION } = useBench.getInitialState();

const PROMPTS = [
  ['partial', 'some attributes left open'],
  ['full', 'all attributes'],
] as const;

const promptsInWords = (prompts: string): string =>
  PROMPTS.find(([value]) => value === prompts)?.[1] ?? prompts;

/** Settings that all arms share; they take effect when a run begins. */
const SharedFields = () => {
  const { batch, prompts } = useBench(({ shared }) => shared);
  const { every, samples } = useBench(({ evaluation }) => evaluation);
  const began = useRun((run) => run.began);
  return (
    <div className="more-fields">
      <NumberField
        label="Batch"
        restore={
          <RestoreButton
            name="batch"
            now={String(batch)}
            before={String(SHARED.batch)}
            onRestore={() => changeShared({ batch: SHARED.batch })}
          />
        }
        value={batch}
        isValid={isWhole(1, 256)}
        rule="Pictures per update, 1 to 256."
        pending={began !== null && began.batch !== batch}
        onChange={(next) => changeShared({ batch: next })}
      />
      <Select
        label="Prompts in training"
        value={prompts}
        options={PROMPTS}
        restore={
          <RestoreButton
            name="prompts in training"
            now={promptsInWords(prompts)}
            before={promptsInWords(SHARED.prompts)}
            onRestore={() => changeShared({ prompts: SHARED.prompts })}
          />
        }
        hint={
          began !== null && began.prompts !== prompts
            ? 'Takes effect on reset: the run goes on with its old value.'
            : 'Open ones are harder.'
        }
        onChange={(next) => changeShared({ prompts: next })}
      />
      <NumberField
        label="Measure every"
        restore={
          <RestoreButton
            name="measure every"
            now={String(every)}
            before={String(EVALUATION.every)}
            onRestore={() => changeEvaluation({ every: EVALUATION.every })}
          />
        }
        value={every}
        isValid={isWhole(0, 1e6)}
        rule="Iterations, from the next Start on; 0 is never."
        onChange={(next) => changeEvaluation({ every: next })}
      />
      <NumberField
        label="Pictures per measurement"
        restore={
          <RestoreButton
            name="pictures per measurement"
            now={String(samples)}
            before={String(EVALUATION.samples)}
            onRestore={() => changeEvaluation({ samples: EVALUATION.samples })}
          />
        }
        value={samples}
        isValid={isWhole(8, 4096)}
        rule="8 to 4096, from the next Start on."
        onChange={(next) => changeEvaluation({ samples: next })}
      />
    </div>
  );
};

/** Settings that a first visit can do without. */
export const MoreSettings = () => (
  <details className="more">
    <summary>
      <ChevronRight aria-hidden /> More settings
    </summary>
    <ArmFields />
    <h3>For all arms</h3>
    <SharedFields />
  </details>
);

import { ChevronRight } from 'lucide-react';
import { isWhole } from '../lib/numbers';
import { changeEvaluation, changeShared, useBench, withStudent } from '../state/bench';
import { useRun } from '../state/run';
import { useSteer, useSteered } from '../state/steering';
import { NetworkNumber } from './NetworkNumber';
import { NormaliseBox } from './NormaliseBox';
import { NumberField } from '../fields/NumberField';
import { Select } from '../fields/Select';
import { Trouble } from './Trouble';

const StartChoice = () => {
  const start = useSteered(({ student }) => student.start);
  const change = useSteer();
  return (
    <Select
      label="Later steps begin from"
      setting="student.start"
      value={start}
      options={[
        ['simulation', 'the student’s own pictures'],
        ['teacher', 'the teacher’s, noised'],
      ]}
      hint="Backward simulation trains as the student is used."
      onChange={(next) => change((config) => withStudent(config, { start: next }))}
    />
  );
};

/** Settings of the selected arm that a first visit can do without. */
const ArmFields = () => (
  <div className="more-fields">
    <NetworkNumber setting="student.learningRate" rule="A number from 0 to 1, such as 1e-4." />
    <Trouble at="student" />
    <NetworkNumber setting="student.gradientClip" rule="Largest norm of its gradient; 0 is off." />
    <NetworkNumber setting="student.emaDecay" rule="0 to 0.99999; measurements use the average." />
    <NetworkNumber setting="critic.learningRate" rule="A number from 0 to 1, such as 2e-4." />
    <NetworkNumber
      setting="discriminator.learningRate"
      rule="A number from 0 to 1, such as 2e-4."
    />
    <StartChoice />
    <NormaliseBox />
  </div>
);

const { shared: SHARED, evaluation: EVALUATION } = useBench.getInitialState();

const PROMPTS = [
  ['partial', 'some attributes left open'],
  ['full', 'all attributes'],
] as const;

/** Settings that all arms share; they take effect when a run begins. */
const SharedFields = () => {
  const { batch, prompts } = useBench(({ shared }) => shared);
  const { every, samples } = useBench(({ evaluation }) => evaluation);
  const began = useRun((run) => run.began);
  return (
    <div className="more-fields">
      <NumberField
        label="Batch"
        value={batch}
        first={SHARED.batch}
        isValid={isWhole(1, 256)}
        rule="Pictures per update, 1 to 256."
        pending={began !== null && began.batch !== batch}
        onChange={(next) => changeShared({ batch: next })}
      />
      <Select
        label="Prompts in training"
        value={prompts}
        first={SHARED.prompts}
        options={PROMPTS}
        hint="Open ones are harder."
        pending={began !== null && began.prompts !== prompts}
        onChange={(next) => changeShared({ prompts: next })}
      />
      <NumberField
        label="Measure every"
        value={every}
        first={EVALUATION.every}
        isValid={isWhole(0, 1e6)}
        rule="Iterations, from the next Start on; 0 is never."
        onChange={(next) => changeEvaluation({ every: next })}
      />
      <NumberField
        label="Pictures per measurement"
        value={samples}
        first={EVALUATION.samples}
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

import { FileCheck } from 'lucide-react';
import { Progress } from 'radix-ui';
import { useLab } from '../lab/context';
import { Choice } from '../fields/Choice';
import { Select } from '../fields/Select';
import { megabytes } from '../lib/format';
import { armOf, selectedArm, useBench } from '../state/bench';
import { useRun } from '../state/run';
import { choose, useTakeHome, type TakeHomeSlice } from './store';

const BATCHES = [
  ['dynamic', 'Any number'],
  ['1', '1'],
  ['16', '16'],
] as const;

const FORM_HINTS: Record<TakeHomeSlice['form'], string> = {
  generator: 'Noise and prompt in, picture out: all steps of the student in one graph.',
  network: 'One call: noisy picture, time and prompt in, clean picture out.',
};

/** The arm whose student is taken; the bench's selected one unless another is chosen. */
export const useTakenArm = () => {
  const chosen = useTakeHome(({ arm }) => arm);
  return useBench(
    (bench) => (chosen === null ? undefined : armOf(bench, chosen)) ?? selectedArm(bench),
  );
};

const ArmChoice = () => {
  const arms = useBench((bench) => bench.arms);
  const arm = useTakenArm();
  if (arms.length < 2) return null;
  return (
    <Select
      label="Student of"
      value={arm.id}
      options={arms.map(({ id, name }) => [id, name] as const)}
      onChange={(id) => choose({ arm: id })}
    />
  );
};

const WeightsChoice = () => {
  const weights = useTakeHome((state) => state.weights);
  const decay = useTakenArm().config.student.emaDecay;
  if (decay === 0) return null;
  return (
    <Choice
      label="Weights"
      value={weights}
      options={[
        ['raw', 'As trained'],
        ['average', 'Averaged'],
      ]}
      hint={`The moving average (EMA ${decay}) lags behind, and wavers less.`}
      onChange={(next) => choose({ weights: next })}
    />
  );
};

/** What writing and checking waits for: the first time, for 27 MB. */
const Waiting = () => {
  const progress = useRun((run) => run.progress);
  const fetched = progress?.stage === 'runtime' ? progress : null;
  return (
    <>
      <p className="hint" role="status">
        ONNX Runtime (27 MB) is fetched from this site the first time, and makes its kernels.
      </p>
      {fetched !== null && (
        <div className="take-home-fetched">
          <Progress.Root
            className="take-home-progress"
            value={(100 * fetched.done) / fetched.total}
            aria-label="ONNX Runtime"
          >
            <Progress.Indicator
              className="progress-bar"
              style={{ transform: `scaleX(${fetched.done / fetched.total})` }}
            />
          </Progress.Root>
          <span className="hint">
            {megabytes(fetched.done)} of {megabytes(fetched.total)}
          </span>
        </div>
      )}
    </>
  );
};

/** What is to be written, and the button that writes and checks it. */
export const Choices = () => {
  const { form, batch, precision, writing } = useTakeHome();
  const lab = useLab();
  return (
    <>
      <div className="take-home-choices">
        <ArmChoice />
        <WeightsChoice />
        <Choice
          label="Form"
          value={form}
          options={[
            ['generator', 'Generator'],
            ['network', 'Network'],
          ]}
          hint={FORM_HINTS[form]}
          onChange={(next) => choose({ form: next })}
        />
        <Choice
          label="Pictures a call"
          value={String(batch)}
          options={BATCHES}
          hint="A fixed number lets a runtime plan ahead."
          onChange={(next) => choose({ batch: next === 'dynamic' ? next : Number(next) })}
        />
        <Choice
          label="Weights stored as"
          value={precision}
          options={[
            ['float32', 'float32'],
            ['float16', 'float16'],
          ]}
          hint="float16 is half the file; it is computed with in float32."
          onChange={(next) => choose({ precision: next })}
        />
      </div>
      <button
        type="button"
        className="button primary"
        aria-disabled={writing}
        onClick={() => {
          if (!writing) lab.writeStudent();
        }}
      >
        <FileCheck aria-hidden /> {writing ? 'Writing and checking…' : 'Write and check'}
      </button>
      {writing && <Waiting />}
    </>
  );
};

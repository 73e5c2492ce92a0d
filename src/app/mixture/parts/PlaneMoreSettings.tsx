import { ChevronRight } from 'lucide-react';
import { isSeed } from '../../lib/seed';
import { Checkbox } from '../../parts/Checkbox';
import { NumberField } from '../../parts/NumberField';
import { RestoreButton } from '../../parts/RestoreButton';
import { withCritic, withDiscriminator, withStudent } from '../../state/bench';
import { usePlaneRun } from '../state/run';
import { changeConfig, useSetup } from '../state/setup';

const isRate = (value: number): boolean => value >= 0 && value <= 1;
const isClip = (value: number): boolean => value >= 0 && value <= 1e6;
const isBatch = (value: number): boolean => Number.isInteger(value) && value >= 8 && value <= 1024;

/** Settings of the networks, which take effect at once. */
const NetworkFields = () => {
  const { student, critic, discriminator, normalise } = useSetup(({ config }) => config);
  return (
    <>
      <NumberField
        label="Student’s learning rate"
        setting="student.learningRate"
        value={student.learningRate}
        isValid={isRate}
        rule="A number from 0 to 1, such as 1e-3."
        onChange={(learningRate) => changeConfig((c) => withStudent(c, { learningRate }))}
      />
      <NumberField
        label="Critic’s learning rate"
        setting="critic.learningRate"
        value={critic.learningRate}
        isValid={isRate}
        rule="A number from 0 to 1, such as 2e-3."
        onChange={(learningRate) => changeConfig((c) => withCritic(c, { learningRate }))}
      />
      <NumberField
        label="Discriminator’s learning rate"
        setting="discriminator.learningRate"
        value={discriminator.learningRate}
        isValid={isRate}
        rule="A number from 0 to 1, such as 2e-3."
        onChange={(learningRate) => changeConfig((c) => withDiscriminator(c, { learningRate }))}
      />
      <NumberField
        label="Student’s gradient clip"
        setting="student.gradientClip"
        value={student.gradientClip}
        isValid={isClip}
        rule="Largest norm of its gradient; 0 is off."
        onChange={(gradientClip) => changeConfig((c) => withStudent(c, { gradientClip }))}
      />
      <Checkbox
        checked={normalise}
        setting="normalise"
        onChange={(on) => changeConfig((c) => ({ ...c, normalise: on }))}
      >
        Divide the updates of CA and DM by their size, as DMD2 does
      </Checkbox>
    </>
  );
};

const { batch: BATCH, seed: SEED } = useSetup.getInitialState();

/** Settings that a run begins with. */
const RunFields = () => {
  const batch = useSetup((setup) => setup.batch);
  const seed = useSetup((setup) => setup.seed);
  const began = usePlaneRun((run) => run.began);
  return (
    <>
      <NumberField
        label="Batch"
        restore={
          <RestoreButton
            name="batch"
            now={String(batch)}
            before={String(BATCH)}
            onRestore={() => useSetup.setState({ batch: BATCH })}
          />
        }
        value={batch}
        isValid={isBatch}
        rule="Points per update, 8 to 1024."
        pending={began !== null && began.batch !== batch}
        onChange={(next) => useSetup.setState({ batch: next })}
      />
      <NumberField
        label="Seed"
        restore={
          <RestoreButton
            name="seed"
            now={String(seed)}
            before={String(SEED)}
            onRestore={() => useSetup.setState({ seed: SEED })}
          />
        }
        value={seed}
        isValid={isSeed}
        rule="Of all random numbers of the run."
        pending={began !== null && began.seed !== seed}
        onChange={(next) => useSetup.setState({ seed: next })}
      />
    </>
  );
};

/** Settings that a first visit can do without. */
export const PlaneMoreSettings = () => (
  <details className="more">
    <summary>
      <ChevronRight aria-hidden /> More settings
    </summary>
    <div className="more-fields">
      <NetworkFields />
      <RunFields />
    </div>
  </details>
);

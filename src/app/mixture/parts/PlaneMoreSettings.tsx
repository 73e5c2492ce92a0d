import { ChevronRight } from 'lucide-react';
import { isWhole } from '../../lib/numbers';
import { isSeed } from '../../lib/seed';
import { NetworkNumber } from '../../controls/NetworkNumber';
import { NormaliseBox } from '../../controls/NormaliseBox';
import { NumberField } from '../../fields/NumberField';
import { Trouble } from '../../controls/Trouble';
import { usePlaneRun } from '../state/run';
import { useSetup } from '../state/setup';

/** Settings of the networks, which take effect at once. */
const NetworkFields = () => (
  <>
    <NetworkNumber setting="student.learningRate" rule="A number from 0 to 1, such as 1e-3." />
    <Trouble at="student" />
    <NetworkNumber setting="critic.learningRate" rule="A number from 0 to 1, such as 2e-3." />
    <NetworkNumber
      setting="discriminator.learningRate"
      rule="A number from 0 to 1, such as 2e-3."
    />
    <NetworkNumber setting="student.gradientClip" rule="Largest norm of its gradient; 0 is off." />
    <NormaliseBox />
  </>
);

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
        value={batch}
        first={BATCH}
        isValid={isWhole(8, 1024)}
        rule="Points per update, 8 to 1024."
        pending={began !== null && began.batch !== batch}
        onChange={(next) => useSetup.setState({ batch: next })}
      />
      <NumberField
        label="Seed"
        value={seed}
        first={SEED}
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

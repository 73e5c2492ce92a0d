import { useLab } from '../lab/context';
import { megabytes, rate } from '../lib/format';
import { trainsCritic } from '../lib/terms';
import { duplicateArm, selectArm, useBench } from '../state/bench';
import { useRun } from '../state/run';
import { RunButtons } from './RunButtons';
import { RunStatus } from './RunStatus';
import { SeedField } from './SeedField';
import { Shortcuts } from './Shortcuts';
import { SoloButtons } from './SoloButtons';

/** Whether an arm has a critic that learns. */
const useCriticTrains = (): boolean =>
  useBench(({ arms }) => arms.some(({ config }) => trainsCritic(config)));

const Buttons = () => {
  const state = useRun((run) => run.state);
  const iteration = useRun((run) => run.iteration);
  const criticTrains = useCriticTrains();
  const lab = useLab();
  return (
    <RunButtons
      state={state}
      actions={{
        start: () => void lab.start(),
        pause: () => lab.pause(),
        resume: () => lab.resume(),
        step: () => lab.step(),
        reset: () => lab.reset(),
      }}
      more={
        <SoloButtons
          held={state === 'paused'}
          criticTrains={criticTrains}
          onStep={(solo) => lab.step(solo)}
        />
      }
      reset={{
        label: 'Reset',
        title: 'End this run for good; its curves stay in the charts to compare with',
        disabled: state === 'idle' && iteration === 0,
      }}
    />
  );
};

const Facts = () => {
  const iteration = useRun((run) => run.iteration);
  const perSecond = useRun((run) => (run.state === 'running' ? run.iterationsPerSecond : null));
  const memory = useRun((run) => run.memoryBytes);
  const adapter = useRun((run) => run.adapter);
  return (
    <dl className="run-facts">
      <div>
        <dt>Iteration</dt>
        <dd data-testid="iteration-value">{iteration}</dd>
      </div>
      <div>
        <dt>Per second</dt>
        <dd data-testid="rate-value">{rate(perSecond)}</dd>
      </div>
      <SeedField />
      <div>
        <dt>
          <span className="wide-only">GPU </span>
          memory
        </dt>
        <dd data-testid="memory-value">{megabytes(memory)}</dd>
      </div>
      <div className="run-adapter">
        <dt>Adapter</dt>
        <dd data-testid="adapter-value" title={adapter?.name}>
          {adapter?.name ?? '–'}
        </dd>
      </div>
    </dl>
  );
};

/** What keys do in this view, as the run stands. */
const Keys = () => {
  const state = useRun((run) => run.state);
  const criticTrains = useCriticTrains();
  const lab = useLab();
  const held = (action: () => void) => (): void => {
    if (state === 'paused') action();
  };
  const toggle = (): void => {
    if (state === 'running') lab.pause();
    else if (state === 'paused') lab.resume();
    else if (state !== 'preparing') void lab.start();
  };
  return (
    <Shortcuts
      handlers={{
        toggle,
        step: held(() => lab.step()),
        student: held(() => lab.step('student')),
        critic: held(() => {
          if (criticTrains) lab.step('critic');
        }),
        reset: () => lab.reset(),
        arm: (key) => {
          const arm = useBench.getState().arms[Number(key) - 1];
          if (arm !== undefined) selectArm(arm.id);
        },
        duplicate: duplicateArm,
        noise: () => {
          if (state !== 'preparing') lab.newNoise();
        },
      }}
    />
  );
};

/** Start, pause, step, reset, and where the run stands. */
export const RunBar = () => (
  <section className="run-bar" aria-label="Run">
    <div className="run-bar-row">
      <Buttons />
      <Facts />
    </div>
    <RunStatus />
    <Keys />
  </section>
);

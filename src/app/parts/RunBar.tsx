import { useLab } from '../lab/context';
import { megabytes, rate } from '../lib/format';
import { useRun } from '../state/run';
import { RunButtons } from './RunButtons';
import { RunStatus } from './RunStatus';

const Buttons = () => {
  const state = useRun((run) => run.state);
  const iteration = useRun((run) => run.iteration);
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

/** Start, pause, step, reset, and where the run stands. */
export const RunBar = () => (
  <section className="run-bar" aria-label="Run">
    <div className="run-bar-row">
      <Buttons />
      <Facts />
    </div>
    <RunStatus />
  </section>
);

import { Pause, Play, RotateCcw, StepForward } from 'lucide-react';
import { useLab } from '../lab/context';
import { megabytes, rate } from '../lib/format';
import { useRun } from '../state/run';
import { RunStatus } from './RunStatus';

/** One button that always says what it would do now, so that the keyboard's focus stays on it. */
const MainButton = () => {
  const state = useRun((run) => run.state);
  const lab = useLab();
  if (state === 'running') {
    return (
      <button type="button" className="button primary" key="main" onClick={() => lab.pause()}>
        <Pause aria-hidden /> Pause
      </button>
    );
  }
  if (state === 'paused') {
    return (
      <button type="button" className="button primary" key="main" onClick={() => lab.resume()}>
        <Play aria-hidden /> Resume
      </button>
    );
  }
  return (
    <button
      type="button"
      className="button primary"
      key="main"
      aria-disabled={state === 'preparing'}
      onClick={() => {
        if (state !== 'preparing') void lab.start();
      }}
    >
      {state === 'preparing' ? (
        'Preparing…'
      ) : (
        <>
          <Play aria-hidden /> Start
        </>
      )}
    </button>
  );
};

const Buttons = () => {
  const state = useRun((run) => run.state);
  const iteration = useRun((run) => run.iteration);
  const lab = useLab();
  return (
    <div className="run-buttons">
      <MainButton />
      <button
        type="button"
        className="button"
        disabled={state !== 'paused'}
        onClick={() => lab.step()}
        title="Pause first, then advance one iteration at a time"
      >
        <StepForward aria-hidden /> <span className="wide-only">One iteration</span>
        <span className="narrow-only" aria-hidden>
          +1
        </span>
      </button>
      <button
        type="button"
        className="button"
        disabled={state === 'idle' && iteration === 0}
        onClick={() => lab.reset()}
        title="End this run for good; its variance stays in the chart to compare with"
      >
        <RotateCcw aria-hidden /> Reset
      </button>
    </div>
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

import { Pause, Play, RotateCcw, StepForward } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RunState } from '../../worker/protocol/reports';

/** What the buttons of a run can ask for. */
export interface RunActions {
  start(): void;
  pause(): void;
  resume(): void;
  step(): void;
  reset(): void;
}

interface RunButtonsProps {
  readonly state: RunState;
  readonly actions: RunActions;
  /** Further ways to advance a held run. */
  readonly more?: ReactNode;
  readonly reset: {
    readonly label: string;
    readonly title: string;
    readonly disabled: boolean;
  };
}

/** One button that always says what it would do now, so that the keyboard's focus stays on it. */
const MainButton = ({ state, actions }: Pick<RunButtonsProps, 'state' | 'actions'>) => {
  if (state === 'running') {
    return (
      <button type="button" className="button primary" key="main" onClick={() => actions.pause()}>
        <Pause aria-hidden /> Pause
      </button>
    );
  }
  if (state === 'paused') {
    return (
      <button type="button" className="button primary" key="main" onClick={() => actions.resume()}>
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
        if (state !== 'preparing') actions.start();
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

/** Start, pause, one iteration, and the way to begin anew. */
export const RunButtons = ({ state, actions, more, reset }: RunButtonsProps) => (
  <div className="run-buttons">
    <MainButton state={state} actions={actions} />
    <button
      type="button"
      className="button"
      disabled={state !== 'paused'}
      onClick={() => actions.step()}
      title="Pause first, then advance one iteration at a time"
    >
      <StepForward aria-hidden /> <span className="wide-only">One iteration</span>
      <span className="narrow-only" aria-hidden>
        +1
      </span>
    </button>
    {more}
    <button
      type="button"
      className="button"
      disabled={reset.disabled}
      onClick={() => actions.reset()}
      title={reset.title}
    >
      <RotateCcw aria-hidden /> <span className="wide-only">{reset.label}</span>
    </button>
  </div>
);

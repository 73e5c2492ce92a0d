import { Progress } from 'radix-ui';
import { useRun } from '../state/run';
import type { Progress as ProgressState, RunSlice, Stage } from '../state/run';

const stages: Record<Stage, string> = {
  device: 'Opening the graphics card',
  teacher: 'Loading the teacher',
  measuring: 'Measuring which kernels are fastest here',
  compiling: 'Compiling the kernels',
  sampling: 'Drawing the teacher’s pictures',
};

const states: Record<RunSlice['state'], string> = {
  idle: 'Ready. Press Start; everything may be changed while it trains.',
  preparing: 'Preparing…',
  running: 'Training.',
  paused: 'Paused.',
  failed: 'Stopped.',
};

const stageInWords = ({ stage, done, total }: ProgressState): string =>
  total > 1 ? `${stages[stage]}: ${done} of ${total}` : stages[stage];

/** Where the run stands, in words, with a bar while it prepares. The line keeps its place always. */
export const RunStatus = () => {
  const state = useRun((run) => run.state);
  const progress = useRun((run) => run.progress);
  const busy = progress !== null;
  const value = busy && progress.total > 0 ? (100 * progress.done) / progress.total : 0;
  return (
    <div className="run-status">
      <p data-testid="run-status">{busy ? `${stageInWords(progress)}…` : states[state]}</p>
      {/* Announced once a stage, not at every piece of it. */}
      <p className="visually-hidden" role="status">
        {busy ? stages[progress.stage] : states[state]}
      </p>
      {busy && (
        <Progress.Root className="progress" value={value} aria-label={stages[progress.stage]}>
          <Progress.Indicator
            className="progress-bar"
            style={{ transform: `scaleX(${value / 100})` }}
          />
        </Progress.Root>
      )}
    </div>
  );
};

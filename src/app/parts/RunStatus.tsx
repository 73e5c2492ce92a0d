import { Progress } from 'radix-ui';
import type { DistillConfig } from '../../distill/config';
import { useRun } from '../state/run';
import { useSettings } from '../state/settings';
import type { Progress as ProgressState, RunSlice, Stage } from '../state/run';

const stages: Record<Stage, string> = {
  device: 'Opening the graphics card',
  teacher: 'Loading the teacher',
  measuring: 'Measuring which kernels are fastest here',
  compiling: 'Compiling the kernels',
  sampling: 'Drawing the teacher’s pictures',
};

const states: Record<Exclude<RunSlice['state'], 'running'>, string> = {
  idle: 'Ready. Press Start; then change anything.',
  preparing: 'Preparing…',
  paused: 'Paused.',
  failed: 'Stopped.',
};

/** What trains, and what to try next. */
const trainingInWords = ({ ca, dm }: DistillConfig['terms']): string => {
  if (ca.enabled && dm.enabled) return 'Spear and shield at work. Now switch the shield off.';
  if (ca.enabled) return 'The spear alone at work. Watch the variance.';
  return dm.enabled ? 'The shield alone at work.' : 'Neither spear nor shield at work.';
};

const stageInWords = ({ stage, done, total }: ProgressState): string =>
  total > 1 ? `${stages[stage]}: ${done} of ${total}` : stages[stage];

/** Where the run stands, in words, with a bar while it prepares. The line keeps its place always. */
export const RunStatus = () => {
  const state = useRun((run) => run.state);
  const progress = useRun((run) => run.progress);
  const terms = useSettings(({ config }) => config.terms);
  const busy = progress !== null;
  const words = state === 'running' ? trainingInWords(terms) : states[state];
  const value = busy && progress.total > 0 ? (100 * progress.done) / progress.total : 0;
  return (
    <div className="run-status">
      <p data-testid="run-status">{busy ? `${stageInWords(progress)}…` : words}</p>
      {/* Announced once a stage, not at every piece of it. */}
      <p className="visually-hidden" role="status">
        {busy ? stages[progress.stage] : words}
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

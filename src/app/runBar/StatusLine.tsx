import { Progress } from 'radix-ui';
import { megabytes } from '../lib/format';

interface StatusLineProps {
  /** Where the run stands, unless it prepares. */
  readonly words: string;
  /** `done` of `total` pieces of the stage that preparation is at. */
  readonly progress: {
    readonly stage: string;
    readonly done: number;
    readonly total: number;
    /** Whether the pieces are bytes. */
    readonly bytes?: boolean;
  } | null;
}

/** Where a run stands, in words, with a bar while it prepares. The line keeps its place always. */
export const StatusLine = ({ words, progress }: StatusLineProps) => {
  const share =
    progress === null || progress.total === 0 ? 0 : Math.min(1, progress.done / progress.total);
  return (
    <div className="run-status">
      <p data-testid="run-status">{progress === null ? words : `${stageInWords(progress)}…`}</p>
      {/* Announced once a stage, not at every piece of it. */}
      <p className="visually-hidden" role="status">
        {progress?.stage ?? words}
      </p>
      {progress !== null && (
        <Progress.Root className="progress" value={100 * share} aria-label={progress.stage}>
          <Progress.Indicator className="progress-bar" style={{ transform: `scaleX(${share})` }} />
        </Progress.Root>
      )}
    </div>
  );
};

const stageInWords = (progress: NonNullable<StatusLineProps['progress']>): string => {
  const { stage, done, total, bytes = false } = progress;
  if (total <= 1) return stage;
  return bytes
    ? `${stage}: ${megabytes(done)} of ${megabytes(total)}`
    : `${stage}: ${done} of ${total}`;
};

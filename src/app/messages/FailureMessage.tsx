import { RotateCcw, TriangleAlert } from 'lucide-react';
import type { ErrorCode } from '../../worker/protocol/reports';
import type { Failure } from '../state/run';

interface Words {
  readonly heading: string;
  /** What the button says; without it there is nothing to retry. */
  readonly retry?: string;
}

const words: Record<ErrorCode, Words> = {
  'no-webgpu': { heading: 'The lab found no WebGPU', retry: 'Try again' },
  'no-adapter': { heading: 'No graphics card answers', retry: 'Try again' },
  'device-lost': { heading: 'The graphics card was lost', retry: 'Start again' },
  'out-of-memory': { heading: 'The graphics card’s memory is full', retry: 'Start again' },
  'teacher-unreadable': { heading: 'The teacher could not be read', retry: 'Try again' },
  'bad-config': { heading: 'These settings cannot be used', retry: 'Start again' },
  'own-task-unreadable': { heading: 'Your own task cannot be used' },
  'checkpoint-unreadable': { heading: 'The kept run cannot be gone on with' },
  protocol: { heading: 'Page and lab are of different versions' },
  internal: { heading: 'Something broke in the lab', retry: 'Start again' },
};

interface FailureMessageProps {
  readonly failure: Failure;
  /** What is still there of the run; null: nothing. */
  readonly left: string | null;
  readonly onRetry: () => void;
}

/** Why a run ended before its time, and what to do. */
export const FailureMessage = ({ failure, left, onRetry }: FailureMessageProps) => {
  const { heading, retry } = words[failure.code];
  return (
    <section className="failure" role="alert">
      <TriangleAlert aria-hidden />
      <div>
        <h2>{heading}</h2>
        <p>{failure.message}</p>
        <p>{failure.advice}</p>
        {left !== null && <p className="hint">{left}</p>}
        {retry !== undefined && (
          <button type="button" className="button" onClick={onRetry}>
            <RotateCcw aria-hidden /> {retry}
          </button>
        )}
      </div>
    </section>
  );
};

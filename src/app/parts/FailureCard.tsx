import { RotateCcw, TriangleAlert } from 'lucide-react';
import type { ErrorCode } from '../../worker/protocol/reports';
import { useLab } from '../lab/context';
import { useRun } from '../state/run';

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
  'checkpoint-unreadable': { heading: 'The kept run cannot be gone on with' },
  protocol: { heading: 'Page and lab are of different versions' },
  internal: { heading: 'Something broke in the lab', retry: 'Start again' },
};

/** Why a run ended before its time, and what to do. Charts and pictures stay where they were. */
export const FailureCard = () => {
  const failure = useRun((state) => state.failure);
  const iteration = useRun((state) => state.iteration);
  const lab = useLab();
  if (failure === null) return null;
  const { heading, retry } = words[failure.code];
  return (
    <section className="failure" role="alert">
      <TriangleAlert aria-hidden />
      <div>
        <h2>{heading}</h2>
        <p>{failure.message}</p>
        <p>{failure.advice}</p>
        {iteration > 0 && (
          <p className="hint">
            Charts and pictures up to iteration {iteration} are still on this page.
          </p>
        )}
        {retry !== undefined && (
          <button type="button" className="button" onClick={() => void lab.start()}>
            <RotateCcw aria-hidden /> {retry}
          </button>
        )}
      </div>
    </section>
  );
};

import { History } from 'lucide-react';
import { useLab } from '../lab/context';
import { useKept } from '../state/kept';
import { useRun } from '../state/run';

/** A time of day, with the day where it was another. */
const timeInWords = (iso: string): string => {
  const time = new Date(iso);
  const today = new Date().toDateString() === time.toDateString();
  const clock = time.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return today ? clock : `${time.toLocaleDateString([], { dateStyle: 'medium' })}, ${clock}`;
};

/** Offers to go on with the newest kept run, while none is on. */
export const ResumeCard = () => {
  const newest = useKept(({ kept }) => kept[0]);
  const idle = useRun(({ state }) => state === 'idle' || state === 'failed');
  const lab = useLab();
  if (newest === undefined || !idle) return null;
  return (
    <aside className="callout resume" aria-label="A run is kept">
      <History aria-hidden />
      <p>
        <b>An earlier run is kept:</b> {newest.about}, from {timeInWords(newest.saved)}.
      </p>
      <div className="callout-buttons">
        <button type="button" className="button" onClick={() => void lab.goOn(newest.id)}>
          Go on
        </button>
        <button type="button" className="button quiet" onClick={() => lab.forget(newest.id)}>
          Forget
        </button>
      </div>
    </aside>
  );
};

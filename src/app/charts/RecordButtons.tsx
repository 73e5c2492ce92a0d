import { Download } from 'lucide-react';
import { useLab } from '../lab/context';
import { isLive, useRun } from '../state/run';

/** Saves all figures of the run. */
export const RecordButtons = () => {
  const lab = useLab();
  const nothing = useRun(({ state, iteration }) => !isLive(state) || iteration === 0);
  return (
    <div className="download-buttons">
      {(['json', 'csv'] as const).map((format) => (
        <button
          key={format}
          type="button"
          className="button quiet"
          disabled={nothing}
          onClick={() => lab.download(format)}
        >
          <Download aria-hidden /> Record as {format.toUpperCase()}
        </button>
      ))}
    </div>
  );
};

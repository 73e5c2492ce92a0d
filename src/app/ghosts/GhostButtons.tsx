import { Ghost } from 'lucide-react';
import { useLab } from '../lab/context';
import { OpenFile } from '../fields/OpenFile';
import { useRun } from '../state/run';
import { openRecord } from './recordFile';

/** Keeps the present run in the charts, and puts saved ones there. */
export const GhostButtons = () => {
  const lab = useLab();
  const nothing = useRun(({ iteration }) => iteration === 0);
  return (
    <div className="download-buttons">
      <button
        type="button"
        className="button quiet"
        disabled={nothing}
        title="The run as it stands now stays in all charts and in this browser, to compare later ones with"
        onClick={() => lab.keepGhosts()}
      >
        <Ghost aria-hidden /> Keep as ghost
      </button>
      <OpenFile label="Open a record" onFile={(file) => void openRecord(file)} />
    </div>
  );
};

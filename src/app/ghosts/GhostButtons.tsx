import { FileUp, Ghost } from 'lucide-react';
import { useRef } from 'react';
import { useLab } from '../lab/context';
import { openRecord } from '../lab/recordFile';
import { useRun } from '../state/run';

/** Keeps the present run in the charts, and puts saved ones there. */
export const GhostButtons = () => {
  const lab = useLab();
  const input = useRef<HTMLInputElement>(null);
  const nothing = useRun(({ iteration }) => iteration === 0);
  return (
    <div className="download-buttons">
      <button
        type="button"
        className="button quiet"
        disabled={nothing}
        title="The run as it stands now stays in all charts, to compare later ones with"
        onClick={() => lab.keepGhosts()}
      >
        <Ghost aria-hidden /> Keep as ghost
      </button>
      <button type="button" className="button quiet" onClick={() => input.current?.click()}>
        <FileUp aria-hidden /> Open a record
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="Open a record"
        accept=".json,application/json"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) void openRecord(file);
          // The same file may be chosen again.
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
};

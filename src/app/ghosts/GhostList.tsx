import { Ghost, Pencil, Pin } from 'lucide-react';
import { useEffect, useState } from 'react';
import { findTask } from '../../tasks/registry';
import { NameField } from '../fields/NameField';
import { RemoveButton } from '../fields/RemoveButton';
import { useTask } from '../state/task';
import { forgetGhosts, keepGhosts, loadGhosts } from './kept';
import { useGhosts, type GhostRun } from './store';

/** What another task's run drew; of the present one's that goes without saying. */
const OtherTask = ({ id }: { id: string }) => {
  const isOther = useTask(({ task }) => task.id !== id);
  return isOther && <span className="hint"> of “{findTask(id)?.title ?? id}”</span>;
};

const GhostRow = ({ run }: { run: GhostRun }) => {
  const [naming, setNaming] = useState(false);
  const { name, task, kept, ghosts } = run;
  return (
    <li className="ghost">
      <Ghost aria-hidden />
      {naming ? (
        <NameField
          name={name}
          onRename={(next) => void keepGhosts({ ...run, name: next })}
          onDone={() => setNaming(false)}
        />
      ) : (
        <span className="ghost-name" title={ghosts.map(({ words }) => words).join(', ')}>
          {name}
          <OtherTask id={task} />
        </span>
      )}
      {!kept && (
        <button
          type="button"
          className="icon-button small"
          aria-label={`Keep ${name}`}
          title="Keep it in this browser: else it gives way to the next run"
          onClick={() => void keepGhosts(run)}
        >
          <Pin aria-hidden />
        </button>
      )}
      <button
        type="button"
        className="icon-button small"
        aria-label={`Rename ${name}`}
        title={kept ? 'Rename' : 'Rename, and keep it'}
        onClick={() => setNaming(true)}
      >
        <Pencil aria-hidden />
      </button>
      <RemoveButton name={name} onRemove={() => void forgetGhosts(run)} />
    </li>
  );
};

/** The earlier runs that the charts are drawn with; kept ones stay in this browser until they are removed. */
export const GhostList = () => {
  const runs = useGhosts((state) => state.runs);
  useEffect(() => void loadGhosts(), []);
  if (runs.length === 0) return null;
  return (
    <ul className="ghosts" aria-label="Earlier runs in the charts">
      {runs.map((run) => (
        <GhostRow key={run.id} run={run} />
      ))}
    </ul>
  );
};

import { Ghost, Pencil, Pin, X } from 'lucide-react';
import { useState } from 'react';
import { NameField } from '../parts/NameField';
import { changeGhosts, removeGhosts, useGhosts, type GhostRun } from '../state/ghosts';

const GhostRow = ({ run }: { run: GhostRun }) => {
  const [naming, setNaming] = useState(false);
  const { id, name, kept, ghosts } = run;
  return (
    <li className="ghost">
      <Ghost aria-hidden />
      {naming ? (
        <NameField
          name={name}
          onRename={(next) => changeGhosts(id, { name: next, kept: true })}
          onDone={() => setNaming(false)}
        />
      ) : (
        <span className="ghost-name" title={ghosts.map(({ words }) => words).join(', ')}>
          {name}
        </span>
      )}
      {!kept && (
        <button
          type="button"
          className="icon-button small"
          aria-label={`Keep ${name}`}
          title="Keep it: else it gives way to the next run"
          onClick={() => changeGhosts(id, { kept: true })}
        >
          <Pin aria-hidden />
        </button>
      )}
      <button
        type="button"
        className="icon-button small"
        aria-label={`Rename ${name}`}
        onClick={() => setNaming(true)}
      >
        <Pencil aria-hidden />
      </button>
      <button
        type="button"
        className="icon-button small"
        aria-label={`Remove ${name}`}
        onClick={() => removeGhosts(id)}
      >
        <X aria-hidden />
      </button>
    </li>
  );
};

/** The earlier runs that the charts are drawn with. */
export const GhostList = () => {
  const runs = useGhosts((state) => state.runs);
  if (runs.length === 0) return null;
  return (
    <ul className="ghosts" aria-label="Earlier runs in the charts">
      {runs.map((run) => (
        <GhostRow key={run.id} run={run} />
      ))}
    </ul>
  );
};

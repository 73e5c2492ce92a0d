import { Pencil, Trash2, TriangleAlert, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { focusNeighbour } from '../lib/focus';
import { summaryOf } from '../lib/terms';
import { changedSettings, differencesInWords } from '../settings/differences';
import { removeArm, renameArm, resetArm, selectArm, useBench } from '../state/bench';
import type { Arm } from '../state/bench';
import { useRun } from '../state/run';
import { ArmColor } from './ArmColor';
import { ArmDot } from './ArmDot';
import { NameField } from '../fields/NameField';

/** Why an arm stands still while others train. */
const Halt = ({ id }: { id: string }) => {
  const halt = useRun(({ arms }) => arms.find((arm) => arm.id === id)?.halt);
  if (halt === undefined) return null;
  return (
    <p className="arm-halt" role="status">
      <TriangleAlert aria-hidden />
      <span>
        <b>Halted at iteration {halt.iteration}.</b> {halt.reason} {halt.advice}
      </span>
    </p>
  );
};

/** What tells an arm apart from the first one; of the first there is nothing to say. */
const Differences = ({ arm }: { arm: Arm }) => {
  const first = useBench(({ arms }) => arms[0]);
  if (first === undefined || first.id === arm.id) return null;
  const words = differencesInWords(arm.config, first.config);
  return (
    <p className="arm-differs">
      {words.length === 0 ? (
        'Set up like the first arm.'
      ) : (
        <>
          <span className="arm-differs-from">Unlike the first:</span> {words.join('; ')}
        </>
      )}
    </p>
  );
};

interface ToolsProps {
  readonly arm: Arm;
  /** Whether there is no other. */
  readonly only: boolean;
  readonly onRename: () => void;
}

/** What can be done to the selected arm as a whole. */
const Tools = ({ arm, only, onRename }: ToolsProps) => {
  const { id, name, config, origin } = arm;
  const untouched = changedSettings(config, origin).length === 0;
  return (
    <div className="arm-tools">
      <ArmColor arm={arm} />
      <button
        type="button"
        className="icon-button small"
        onClick={onRename}
        aria-label={`Rename ${name}`}
        title="Rename"
      >
        <Pencil aria-hidden />
      </button>
      <button
        type="button"
        className="icon-button small"
        disabled={untouched}
        onClick={() => resetArm(id)}
        aria-label={`Restore ${name}`}
        title={
          untouched ? 'It is as it was set up' : 'Back to the settings that it was set up with'
        }
      >
        <Undo2 aria-hidden />
      </button>
      <button
        type="button"
        className="icon-button small"
        disabled={only}
        onClick={({ currentTarget }) => {
          focusNeighbour(currentTarget);
          removeArm(id);
        }}
        aria-label={`Remove ${name}`}
        title={only ? 'The last arm stays' : 'Remove'}
      >
        <Trash2 aria-hidden />
      </button>
    </div>
  );
};

interface ArmCardProps extends Pick<ToolsProps, 'arm' | 'only'> {
  readonly selected: boolean;
}

/** One student: its colour, its name, what it is, and what tells it apart. */
export const ArmCard = ({ arm, selected, only }: ArmCardProps) => {
  const [naming, setNaming] = useState(false);
  return (
    <li className="arm-card" data-selected={selected}>
      <div className="arm-line">
        {naming ? (
          <NameField
            name={arm.name}
            onRename={(name) => renameArm(arm.id, name)}
            onDone={() => setNaming(false)}
          />
        ) : (
          <button
            type="button"
            className="arm-pick"
            aria-pressed={selected}
            onClick={() => selectArm(arm.id)}
          >
            <ArmDot color={arm.color} />
            <span className="arm-name">{arm.name}</span>
            <span className="arm-words">{summaryOf(arm.config)}</span>
          </button>
        )}
      </div>
      <Differences arm={arm} />
      <Halt id={arm.id} />
      {selected && !naming && <Tools arm={arm} only={only} onRename={() => setNaming(true)} />}
    </li>
  );
};

import { Copy, Pencil, Trash2, TriangleAlert } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { MOST_ARMS } from '../../lab/config';
import { armInWords } from '../lib/terms';
import { duplicateArm, removeArm, renameArm, selectArm, useBench } from '../state/bench';
import type { Arm } from '../state/bench';
import { useRun } from '../state/run';
import { ArmDot } from './ArmDot';

/** Longest name that a lab takes. */
const LONGEST_NAME = 80;

interface NameFieldProps {
  readonly arm: Arm;
  readonly onDone: () => void;
}

/** The arm's name to type; Enter and leaving keep it, Escape does not. */
const NameField = ({ arm, onDone }: NameFieldProps) => {
  const [name, setName] = useState(arm.name);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  const keep = (): void => {
    const trimmed = name.trim();
    if (trimmed !== '' && trimmed !== arm.name) renameArm(arm.id, trimmed);
    onDone();
  };
  return (
    <input
      ref={input}
      className="arm-name-field"
      aria-label={`Name of ${arm.name}`}
      value={name}
      maxLength={LONGEST_NAME}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={({ key }) => {
        if (key === 'Enter') keep();
        if (key === 'Escape') onDone();
      }}
    />
  );
};

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

const ArmRow = ({ arm, selected, only }: { arm: Arm; selected: boolean; only: boolean }) => {
  const [naming, setNaming] = useState(false);
  const words = armInWords(arm.config);
  return (
    <li className="arm-row" data-selected={selected}>
      <div className="arm-line">
        {naming ? (
          <NameField arm={arm} onDone={() => setNaming(false)} />
        ) : (
          <button
            type="button"
            className="arm-pick"
            aria-pressed={selected}
            onClick={() => selectArm(arm.id)}
          >
            <ArmDot color={arm.color} />
            <span className="arm-name">{arm.name}</span>
            {words !== arm.name && <span className="arm-words">{words}</span>}
          </button>
        )}
        {selected && !naming && (
          <>
            <button
              type="button"
              className="icon-button small"
              onClick={() => setNaming(true)}
              aria-label={`Rename ${arm.name}`}
            >
              <Pencil aria-hidden />
            </button>
            <button
              type="button"
              className="icon-button small"
              disabled={only}
              onClick={() => removeArm(arm.id)}
              aria-label={`Remove ${arm.name}`}
            >
              <Trash2 aria-hidden />
            </button>
          </>
        )}
      </div>
      <Halt id={arm.id} />
    </li>
  );
};

/** The students that are compared; the controls act on the selected one. */
export const ArmList = () => {
  const arms = useBench((bench) => bench.arms);
  const selected = useBench((bench) => bench.selected);
  return (
    <section className="arms" aria-labelledby="arms-heading">
      <div className="arms-head">
        <h2 id="arms-heading">Arms</h2>
        <button
          type="button"
          className="button quiet"
          disabled={arms.length >= MOST_ARMS}
          onClick={duplicateArm}
          title="A copy of the selected arm; in a run it goes on from where that arm stands"
        >
          <Copy aria-hidden /> Duplicate
        </button>
      </div>
      <ul>
        {arms.map((arm) => (
          <ArmRow key={arm.id} arm={arm} selected={arm.id === selected} only={arms.length === 1} />
        ))}
      </ul>
    </section>
  );
};

import { useEffect, useRef, useState } from 'react';
import { renameArm } from '../state/bench';
import type { Arm } from '../state/bench';

/** Longest name that a lab takes. */
const LONGEST_NAME = 80;

interface ArmNameProps {
  readonly arm: Arm;
  readonly onDone: () => void;
}

/** The arm's name to type; Enter and leaving keep it, Escape does not. */
export const ArmName = ({ arm, onDone }: ArmNameProps) => {
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

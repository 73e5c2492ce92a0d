import { useEffect, useRef, useState } from 'react';

interface NameFieldProps {
  readonly name: string;
  /** Letters that it may have. */
  readonly longest?: number;
  readonly onRename: (name: string) => void;
  readonly onDone: () => void;
}

/** A name to type anew; Enter and leaving keep it, Escape does not. */
export const NameField = ({ name, longest = 80, onRename, onDone }: NameFieldProps) => {
  const [text, setText] = useState(name);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  const keep = (): void => {
    const trimmed = text.trim();
    if (trimmed !== '' && trimmed !== name) onRename(trimmed);
    onDone();
  };
  return (
    <input
      ref={input}
      className="arm-name-field"
      aria-label={`Name of ${name}`}
      value={text}
      maxLength={longest}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={({ key }) => {
        if (key === 'Enter') keep();
        if (key === 'Escape') onDone();
      }}
    />
  );
};

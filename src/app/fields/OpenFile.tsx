import { FileUp } from 'lucide-react';
import { useRef } from 'react';

interface OpenFileProps {
  readonly label: string;
  readonly onFile: (file: File) => void;
}

/** A button that opens one of the page's own files, which are JSON. */
export const OpenFile = ({ label, onFile }: OpenFileProps) => {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className="button quiet" onClick={() => input.current?.click()}>
        <FileUp aria-hidden /> {label}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept=".json,application/json"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) onFile(file);
          // The same file may be chosen again.
          event.currentTarget.value = '';
        }}
      />
    </>
  );
};

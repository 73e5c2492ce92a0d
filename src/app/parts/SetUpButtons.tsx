import { FileDown, FileUp } from 'lucide-react';
import { useRef } from 'react';
import { useLab } from '../lab/context';
import { openSetUp, saveSetUp } from '../lab/setUpFile';
import { CopyLink } from './CopyLink';

/** Shares what is set up as a link, saves it as a file, and opens such a file. */
export const SetUpButtons = () => {
  const input = useRef<HTMLInputElement>(null);
  const lab = useLab();
  return (
    <>
      <CopyLink />
      <button type="button" className="button quiet" onClick={() => void saveSetUp()}>
        <FileDown aria-hidden /> Save set-up
      </button>
      <button type="button" className="button quiet" onClick={() => input.current?.click()}>
        <FileUp aria-hidden /> Open set-up
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="Open set-up"
        accept=".json,application/json"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) void openSetUp(file, lab);
          // The same file may be chosen again.
          event.currentTarget.value = '';
        }}
      />
    </>
  );
};

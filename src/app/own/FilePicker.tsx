import { FileUp, FolderUp } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import type { PathFile } from '../../worker/own/protocol';
import { filesOfInput } from './files';

interface FilePickerProps {
  /** Endings and types, as an input takes them. */
  readonly accept: string;
  readonly label: string;
  readonly multiple?: boolean;
  /** Whether a folder may be chosen as well. */
  readonly folder?: boolean;
  /** What may be brought. */
  readonly children: ReactNode;
  readonly onFiles: (files: readonly PathFile[]) => void;
}

/** Makes an input take a folder; React's types do not have it. */
const WHOLE_FOLDER = { webkitdirectory: '' };

/** Buttons to choose files by; whatever is dropped anywhere on the page goes the same way. */
export const FilePicker = (props: FilePickerProps) => {
  const { accept, label, multiple = false, folder = false, children, onFiles } = props;
  const files = useRef<HTMLInputElement>(null);
  const folders = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement): void => {
    const chosen = filesOfInput(input.files);
    // The same file may be chosen again.
    input.value = '';
    if (chosen.length > 0) onFiles(chosen);
  };
  return (
    <div className="own-picker">
      <p>{children}</p>
      <div className="teacher-buttons">
        <button type="button" className="button" onClick={() => files.current?.click()}>
          <FileUp aria-hidden /> {label}
        </button>
        {folder && (
          <button type="button" className="button" onClick={() => folders.current?.click()}>
            <FolderUp aria-hidden /> Choose a folder
          </button>
        )}
      </div>
      <input
        ref={files}
        type="file"
        hidden
        aria-label={label}
        accept={accept}
        multiple={multiple}
        onChange={(event) => take(event.currentTarget)}
      />
      {folder && (
        <input
          ref={folders}
          type="file"
          hidden
          aria-label="Choose a folder"
          {...WHOLE_FOLDER}
          onChange={(event) => take(event.currentTarget)}
        />
      )}
    </div>
  );
};

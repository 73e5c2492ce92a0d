import { FileDown } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useLab } from '../lab/context';
import { notify } from '../state/notices';
import { filesOfDrop } from './files';
import { receive } from './receive';

const hasFiles = ({ dataTransfer }: DragEvent): boolean =>
  dataTransfer?.types.includes('Files') ?? false;

/** Takes files that are dropped anywhere on the page, and says so while they hover over it. */
export const DropAnywhere = () => {
  const [hovering, setHovering] = useState(false);
  // Every element that is entered is told; the page is left when all are.
  const depth = useRef(0);
  const lab = useLab();
  useEffect(() => {
    const enter = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth.current += 1;
      setHovering(true);
    };
    const leave = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth.current -= 1;
      if (depth.current <= 0) setHovering(false);
    };
    const over = (event: DragEvent): void => {
      if (hasFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event) || event.dataTransfer === null) return;
      // Else the browser would open the file in place of the page.
      event.preventDefault();
      depth.current = 0;
      setHovering(false);
      filesOfDrop(event.dataTransfer.items)
        .then((files) => receive(files, lab))
        .catch(() =>
          notify({ id: 'drop', text: 'What you dropped could not be read. Try again.' }),
        );
    };
    const listeners = { dragenter: enter, dragleave: leave, dragover: over, drop } as const;
    for (const [name, listener] of Object.entries(listeners)) {
      window.addEventListener(name as keyof typeof listeners, listener);
    }
    return () => {
      for (const [name, listener] of Object.entries(listeners)) {
        window.removeEventListener(name as keyof typeof listeners, listener);
      }
    };
  }, [lab]);
  if (!hovering) return null;
  return (
    <div className="drop-veil" aria-hidden>
      <p>
        <FileDown aria-hidden /> Drop a teacher, pictures, or a set-up
      </p>
    </div>
  );
};

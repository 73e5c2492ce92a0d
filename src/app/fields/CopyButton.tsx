import { Check } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';

/** How long the button says that it has copied, in milliseconds. */
const SAID_FOR = 2500;

interface CopyButtonProps {
  /** What it says before, and after. */
  readonly label: string;
  readonly done: string;
  readonly icon: ReactNode;
  readonly title?: string;
  /** What is copied, as it is when the button is pressed. */
  readonly text: () => string;
  /** Called when it was copied, and when the browser does not let the page do so. */
  readonly onCopied: (copied: boolean) => void;
}

/** Copies a text, and says so for a while. */
export const CopyButton = (props: CopyButtonProps) => {
  const { label, done, icon, title, text, onCopied } = props;
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SAID_FOR);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (): Promise<void> => {
    const success = await navigator.clipboard.writeText(text()).then(
      () => true,
      () => false,
    );
    setCopied(success);
    onCopied(success);
  };
  return (
    <>
      <button type="button" className="button quiet" title={title} onClick={() => void copy()}>
        {copied ? <Check aria-hidden /> : icon} {copied ? done : label}
      </button>
      <span className="visually-hidden" role="status">
        {copied ? done : ''}
      </span>
    </>
  );
};

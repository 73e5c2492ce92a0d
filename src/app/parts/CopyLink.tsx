import { Check, Link } from 'lucide-react';
import { useEffect, useState } from 'react';
import { writeAddress } from '../lab/addressSync';
import { copyLink, leftBehind } from '../lab/shareLink';
import { notify } from '../state/notices';

/** How long the button says that it has done so, in milliseconds. */
const SAID_FOR = 2500;

/** Copies the address of the page with all that is set up. */
export const CopyLink = () => {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SAID_FOR);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (): Promise<void> => {
    writeAddress();
    const done = await copyLink();
    setCopied(done);
    const refused = done
      ? null
      : 'The browser does not let this page copy. Its address bar holds the same link.';
    const text = [refused, leftBehind()].filter((words) => words !== null).join(' ');
    if (text !== '') notify({ id: 'link', text });
  };
  return (
    <>
      <button
        type="button"
        className="button quiet"
        title="An address that sets up this very bench; nothing of it is sent to a server"
        onClick={() => void copy()}
      >
        {copied ? <Check aria-hidden /> : <Link aria-hidden />}{' '}
        {copied ? 'Link copied' : 'Copy link'}
      </button>
      <span className="visually-hidden" role="status">
        {copied ? 'The link is copied.' : ''}
      </span>
    </>
  );
};

import { Link } from 'lucide-react';
import { writeAddress } from '../lab/addressSync';
import { addressNow, leftBehind } from '../lab/shareLink';
import { notify } from '../state/notices';
import { CopyButton } from '../fields/CopyButton';

/** Tells what the button itself does not say. */
const tell = (copied: boolean): void => {
  const refused = copied
    ? null
    : 'The browser does not let this page copy. Its address bar holds the same link.';
  const text = [refused, leftBehind()].filter((words) => words !== null).join(' ');
  if (text !== '') notify({ id: 'link', text });
};

/** Copies the address of the page with all that is set up. */
export const CopyLink = () => (
  <CopyButton
    label="Copy link"
    done="Link copied"
    icon={<Link aria-hidden />}
    title="An address that sets up this very bench; nothing of it is sent to a server"
    text={() => {
      writeAddress();
      return addressNow();
    }}
    onCopied={tell}
  />
);

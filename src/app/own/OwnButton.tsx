import { FolderOpen } from 'lucide-react';
import { later } from '../messages/later';
import { useOwn } from './store';

const OwnDialog = later(async () => (await import('./OwnDialog')).OwnDialog);

/** Opens the dialog for teachers and pictures of one's own. */
export const OwnButton = () => {
  const begun = useOwn(({ open, keeping }) => open || keeping);
  return (
    <>
      <button
        type="button"
        className="button quiet"
        onClick={() => useOwn.setState({ open: true })}
      >
        <FolderOpen aria-hidden /> Bring your own
      </button>
      {begun && <OwnDialog />}
    </>
  );
};

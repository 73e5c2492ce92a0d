import { FolderOpen } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useOwn } from './store';

const OwnDialog = lazy(async () => {
  const { OwnDialog: component } = await import('./OwnDialog');
  return { default: component };
});

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
      {begun && (
        <Suspense>
          <OwnDialog />
        </Suspense>
      )}
    </>
  );
};

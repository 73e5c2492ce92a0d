import { PackageOpen } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { isLive, useRun } from '../state/run';
import { useTakeHome } from './store';

const TakeHomeDialog = lazy(async () => {
  const { TakeHomeDialog: component } = await import('./TakeHomeDialog');
  return { default: component };
});

/** Opens the way to files of a student, once there is one. */
export const TakeHomeButton = () => {
  const open = useTakeHome((state) => state.open);
  const nothing = useRun(({ state }) => !isLive(state));
  return (
    <>
      <button
        type="button"
        className="button quiet"
        data-tour="take-home"
        disabled={nothing}
        title={nothing ? 'Start a run: there is no student yet' : 'A student as a file, and more'}
        onClick={() => useTakeHome.setState({ open: true })}
      >
        <PackageOpen aria-hidden /> Take it home
      </button>
      {open && (
        <Suspense>
          <TakeHomeDialog />
        </Suspense>
      )}
    </>
  );
};

import { PackageOpen } from 'lucide-react';
import { isLive, useRun } from '../state/run';
import { later } from '../messages/later';
import { useTakeHome } from './store';

const TakeHomeDialog = later(async () => (await import('./TakeHomeDialog')).TakeHomeDialog);

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
      {open && <TakeHomeDialog />}
    </>
  );
};

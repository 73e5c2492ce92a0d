import { FailureMessage } from '../../messages/FailureMessage';
import { SoftwareNote } from '../../messages/SoftwareWarning';
import { useSoftware } from '../../state/support';
import { usePlane } from '../context';
import { usePlaneRun } from '../state/run';

const Failed = () => {
  const failure = usePlaneRun((run) => run.failure);
  const iteration = usePlaneRun((run) => run.figures?.iteration ?? 0);
  const plane = usePlane();
  if (failure === null) return null;
  const left =
    iteration > 0
      ? `Points and charts up to iteration ${iteration} are still on this page; so is what you drew.`
      : null;
  return <FailureMessage failure={failure} left={left} onRetry={() => plane.start()} />;
};

/** Why the run ended, and what makes it slow. */
export const PlaneMessages = () => {
  const software = useSoftware();
  return (
    <div className="plane-messages">
      <Failed />
      {software && (
        <SoftwareNote advice="Fewer points an update (under “More settings”) make an iteration shorter." />
      )}
    </div>
  );
};

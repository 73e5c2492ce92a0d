import { Charts } from '../charts/Charts';
import { Controls } from './Controls';
import { FailureCard } from './FailureCard';
import { RunBar } from './RunBar';
import { Samples } from './Samples';
import { SoftwareWarning } from './SoftwareWarning';

/** Where a run is started, steered and seen. */
export const Bench = () => (
  <>
    <RunBar />
    <div className="bench">
      <div className="bench-messages">
        <SoftwareWarning />
        <FailureCard />
      </div>
      <Samples />
      <Controls />
      <Charts />
    </div>
  </>
);

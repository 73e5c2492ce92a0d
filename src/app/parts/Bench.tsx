import { Charts } from '../charts/Charts';
import { Controls } from './Controls';
import { ExperimentCard } from './ExperimentCard';
import { FailureCard } from './FailureCard';
import { Microscope } from './Microscope';
import { ResumeCard } from './ResumeCard';
import { RunBar } from './RunBar';
import { Samples } from './Samples';
import { SoftwareWarning } from './SoftwareWarning';
import { TeacherButton } from '../teacher/TeacherButton';

/** Where a run is started, steered and seen. */
export const Bench = () => (
  <>
    <RunBar />
    <div className="bench">
      <div className="bench-messages">
        <FailureCard />
        <ResumeCard />
        <SoftwareWarning />
        <ExperimentCard />
        <TeacherButton />
      </div>
      <Samples />
      <Controls />
      <Charts />
    </div>
    <Microscope />
  </>
);

import { Charts } from '../charts/Charts';
import { Controls } from './Controls';
import { ExperimentCard } from './ExperimentCard';
import { FailureCard } from './FailureCard';
import { Microscope } from './Microscope';
import { ResumeCard } from './ResumeCard';
import { RunBar } from './RunBar';
import { Samples } from './Samples';
import { SetUpButtons } from './SetUpButtons';
import { SoftwareWarning } from './SoftwareWarning';
import { DropAnywhere } from '../own/DropAnywhere';
import { OwnButton } from '../own/OwnButton';
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
        <div className="own-buttons">
          <OwnButton />
          <TeacherButton />
          <SetUpButtons />
        </div>
      </div>
      <Samples />
      <Controls />
      <Charts />
    </div>
    <Microscope />
    <DropAnywhere />
  </>
);

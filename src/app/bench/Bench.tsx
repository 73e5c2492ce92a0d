import { idle } from '../lib/idle';
import { Controls } from '../controls/Controls';
import { ExperimentCard } from '../claims/ExperimentCard';
import { FailureCard } from '../messages/FailureCard';
import { later } from '../messages/later';
import { Microscope } from '../microscope/Microscope';
import { ResumeCard } from '../messages/ResumeCard';
import { RunBar } from '../runBar/RunBar';
import { SetUpButtons } from './SetUpButtons';
import { SoftwareWarning } from '../messages/SoftwareWarning';
import { DropAnywhere } from '../own/DropAnywhere';
import { OwnButton } from '../own/OwnButton';
import { Samples } from '../samples/Samples';
import { TeacherButton } from '../teacher/TeacherButton';

/** Fetched when the rest is there: it draws with a third of the page’s code. */
const Charts = later(
  async () => {
    await idle();
    return (await import('../charts/Charts')).Charts;
  },
  <section className="charts" aria-busy>
    <h2>What happens inside</h2>
    <p className="hint">The charts are on their way.</p>
  </section>,
);

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

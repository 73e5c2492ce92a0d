import { CriticCard } from '../../controls/CriticCard';
import { GanCard } from '../../controls/OtherShields';
import { ScheduleChooser } from '../../controls/ScheduleChooser';
import { ShieldCard } from '../../controls/ShieldCard';
import { SpearCard } from '../../controls/SpearCard';
import { StudentSteps } from '../../controls/StudentSteps';
import { TermCard } from '../../controls/TermCard';
import { PlaneMoreSettings } from './PlaneMoreSettings';

const STEPS = [1, 2, 3, 4] as const;

/** Everything that steers the student, while it trains as well. */
export const PlaneControls = () => (
  <section className="plane-controls" aria-label="Settings">
    <SpearCard summary="CFG augmentation drives every point towards where its class is told apart from the others. Alone, it never stops." />
    <ShieldCard summary="Distribution matching pulls points back to where the teacher’s density is above the student’s own, as a critic sees it." />
    <TermCard
      id="meanVariance"
      title="Mean-variance"
      summary="The plainest shield: holds mean and variance of the points near the teacher’s. It knows nothing of their shape."
    />
    <GanCard summary="A discriminator learns to tell the student’s points from the teacher’s; the student learns to fool it." />
    <CriticCard observing="to see what DM would do" />
    <StudentSteps choices={STEPS} goal="point" />
    <ScheduleChooser />
    <PlaneMoreSettings />
  </section>
);

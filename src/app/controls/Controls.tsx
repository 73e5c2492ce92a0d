import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { selectedArm, useBench } from '../state/bench';
import { NO_REAL_PICTURES } from '../lib/missing';
import { useTask } from '../state/task';
import { ArmDot } from '../arms/ArmDot';
import { ArmList } from '../arms/ArmList';
import { CriticCard } from './CriticCard';
import { MoreSettings } from './MoreSettings';
import { GanCard, MeanVarianceCard } from './OtherShields';
import { ScheduleChooser } from './ScheduleChooser';
import { ShieldCard } from './ShieldCard';
import { SpearCard } from './SpearCard';
import { StudentSteps } from './StudentSteps';
import { TauHistogram } from './TauHistogram';
import { Trouble } from './Trouble';

const STEPS = [1, 2, 4, 8] as const;

/** Tells the style sheet the element's height, on which depends where it may stick. */
const useHeightProperty = (element: RefObject<HTMLElement | null>, property: string): void => {
  useEffect(() => {
    const target = element.current;
    if (target === null) return;
    const observer = new ResizeObserver(() =>
      target.style.setProperty(property, `${target.offsetHeight}px`),
    );
    observer.observe(target);
    return () => observer.disconnect();
  }, [element, property]);
};

/** Whose settings follow; with one arm that goes without saying. */
const Whose = () => {
  const alone = useBench(({ arms }) => arms.length === 1);
  const name = useBench((bench) => selectedArm(bench).name);
  const color = useBench((bench) => selectedArm(bench).color);
  if (alone) return null;
  return (
    <p className="controls-whose">
      <ArmDot color={color} /> Settings of <b>{name}</b>
    </p>
  );
};

/** The arms, and everything that steers the selected one. */
export const Controls = () => {
  const missing = useTask(({ task }) => (task.openImages === null ? NO_REAL_PICTURES : null));
  const section = useRef<HTMLElement>(null);
  useHeightProperty(section, '--own-height');
  return (
    <section ref={section} className="controls" aria-label="Settings">
      <ArmList />
      <Whose />
      <Trouble at="terms" />
      <SpearCard
        summary="CFG augmentation drives every picture further towards its prompt. Alone, it never stops."
        drawn={<TauHistogram id="ca" />}
      />
      <ShieldCard
        summary="Distribution matching pulls back whatever the critic finds in the student’s pictures and the teacher would not draw."
        drawn={<TauHistogram id="dm" />}
      />
      <MeanVarianceCard missing={missing} />
      <GanCard
        missing={missing}
        summary="A discriminator learns to tell the student’s pictures from real pictures; the student learns to fool it."
        drawn={<TauHistogram id="gan" />}
      />
      <CriticCard observing="to see its view under the microscope" />
      <StudentSteps choices={STEPS} goal="picture" />
      <div data-tour="schedules">
        <ScheduleChooser />
      </div>
      <MoreSettings />
    </section>
  );
};

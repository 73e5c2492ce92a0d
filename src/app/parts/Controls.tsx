import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { useSettings } from '../state/settings';
import { MoreSettings } from './MoreSettings';
import { StudentSteps } from './StudentSteps';
import { SpearCard } from './SpearCard';
import { ShieldCard } from './ShieldCard';

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

/** Everything that steers a run. */
export const Controls = () => {
  const nothing = useSettings(({ config }) => !config.terms.ca.enabled && !config.terms.dm.enabled);
  const section = useRef<HTMLElement>(null);
  useHeightProperty(section, '--own-height');
  return (
    <section ref={section} className="controls" aria-label="Settings">
      <SpearCard />
      <ShieldCard />
      <p className="controls-note" role="status">
        {nothing ? 'Both terms are off: nothing moves the student now.' : ''}
      </p>
      <StudentSteps />
      <MoreSettings />
    </section>
  );
};

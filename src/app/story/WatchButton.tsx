import { ArrowDown, Play } from 'lucide-react';
import { useLab } from '../lab/context';
import { chooseExperiment } from '../lab/experiments';
import { SAMPLES_HEADING, scrollToSamples } from '../lab/scrollToSamples';
import { isMissing } from '../lib/support';
import { isLive, useRun } from '../state/run';
import { useSamples } from '../state/samples';
import { useSupport } from '../state/support';

/** The experiment that shows at once what the page is about. */
const SHOWN = 'e1';

/** Leads to the run that is on. */
const SeeIt = () => (
  <a
    className="button quiet hero-see"
    href={`#${SAMPLES_HEADING}`}
    onClick={(event) => {
      // The address says what is on the bench; it keeps saying so.
      event.preventDefault();
      scrollToSamples();
    }}
  >
    <ArrowDown aria-hidden /> See it
  </a>
);

/** The one button for whoever has just come: three students, trained at once. */
export const WatchButton = () => {
  const lab = useLab();
  const busy = useRun(({ state }) => isLive(state) || state === 'preparing');
  const missing = useSupport(({ support }) => isMissing(support));
  // Before the page is set up there is nothing to draw.
  const opened = useSamples(({ prompts }) => prompts.length > 0);
  if (missing) return null;
  if (busy) return <SeeIt />;
  const watch = (): void => {
    chooseExperiment(SHOWN);
    void lab.start();
    scrollToSamples();
  };
  return (
    <div className="hero-watch">
      <button type="button" className="button primary" disabled={!opened} onClick={watch}>
        <Play aria-hidden /> Watch it happen
      </button>
      <p className="hint">
        Trains three students at once: spear and shield, the spear alone, the shield alone.
      </p>
    </div>
  );
};

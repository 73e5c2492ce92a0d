import { RefreshCw } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { DialogClose } from '../fields/DialogClose';
import type { Inspection } from '../../distill/microscope';
import { largestMagnitude } from '../../interchange/divergingMap';
import { useLab } from '../lab/context';
import { figure } from '../lib/format';
import { armOf, useBench } from '../state/bench';
import { useMicroscope } from '../state/microscope';
import { isLive, useRun } from '../state/run';
import { useSamples } from '../state/samples';
import { useTask } from '../state/task';
import { useTimeline } from '../state/timeline';
import { ArmDot } from '../arms/ArmDot';
import { MicroscopeView } from './MicroscopeView';
import { TauSlider } from '../fields/TauSlider';

const close = (): void => useMicroscope.setState({ slide: null, view: null });

/** Whose picture lies under the microscope. */
const Heading = () => {
  const slide = useMicroscope((state) => state.slide);
  const bench = useBench();
  const prompt = useSamples(({ prompts }) => (slide === null ? undefined : prompts[slide.sample]));
  const iteration = useMicroscope(({ view }) => view?.iteration);
  const toWords = useTask(({ task }) => task.toWords);
  if (slide === null) return null;
  const arm = armOf(bench, slide.arm);
  return (
    <>
      <Dialog.Title className="dialog-title">Under the microscope</Dialog.Title>
      <Dialog.Description className="dialog-about">
        {arm !== undefined && <ArmDot color={arm.color} />}
        {arm?.name}, picture {slide.sample + 1}
        {iteration !== undefined && `, iteration ${iteration}`}
        {prompt !== undefined && `: ${toWords(prompt)}`}
      </Dialog.Description>
    </>
  );
};

const Tau = () => {
  const tau = useMicroscope((state) => state.tau);
  return (
    <TauSlider
      tau={tau}
      hint="How much of the picture is left when teacher and critic look at it: 0 is noise, 1 is the picture itself."
      onChange={(next) => useMicroscope.setState({ tau: next })}
    />
  );
};

const LookAgain = () => {
  const lab = useLab();
  const running = useRun(({ state }) => state === 'running');
  const live = useRun(({ state }) => isLive(state));
  return (
    <button type="button" className="button quiet" disabled={!live} onClick={() => lab.lookAgain()}>
      <RefreshCw aria-hidden /> {running ? 'Look again: it has trained on' : 'Look again'}
    </button>
  );
};

/** What the student drew, and what teacher and critic make of it at this noise level. */
const Views = ({ inspection }: { inspection: Inspection }) => {
  const { shape, gen, renoised, realCond, realUncond, fakeCond, ca, dm } = inspection;
  const [caNorm, dmNorm] = [inspection.caNorms[0], inspection.dmNorms?.[0]];
  const reach = Math.max(largestMagnitude(ca), dm === null ? 0 : largestMagnitude(dm));
  return (
    <div className="views" data-testid="views" data-tau={inspection.tau.toFixed(2)}>
      <MicroscopeView
        title="The picture"
        about="what the student drew"
        images={gen}
        shape={shape}
      />
      <MicroscopeView
        title="Renoised"
        about="what the networks see"
        images={renoised}
        shape={shape}
      />
      <MicroscopeView
        title="Real, prompted"
        about="the teacher’s guess"
        images={realCond}
        shape={shape}
      />
      <MicroscopeView
        title="Real, unprompted"
        about="without the prompt"
        images={realUncond}
        shape={shape}
      />
      {fakeCond !== null && (
        <MicroscopeView title="Fake" about="the critic’s guess" images={fakeCond} shape={shape} />
      )}
      <MicroscopeView
        title="Δ of CA"
        about={`the spear’s push, size ${figure(caNorm)}`}
        images={ca}
        shape={shape}
        reach={reach}
        term="ca"
      />
      {dm !== null && (
        <MicroscopeView
          title="Δ of DM"
          about={`the shield’s pull, size ${figure(dmNorm)}`}
          images={dm}
          shape={shape}
          reach={reach}
          term="dm"
        />
      )}
    </div>
  );
};

const NoCritic = () => (
  <p className="hint">
    This arm trains no critic, so there is no fake prediction to compare with. Make the critic an
    observer to see one.
  </p>
);

/** Whoever looks back in the grids is told that this is something else. */
const OnlyNow = () => {
  const past = useTimeline(({ at }) => at);
  if (past === null) return null;
  return (
    <p className="callout">
      The grids show iteration {past}; the microscope looks at the student as it is now.
    </p>
  );
};

/** A look at one picture at any noise level (Fig. 4b of the paper). */
export const Microscope = () => {
  const open = useMicroscope(({ slide }) => slide !== null);
  const view = useMicroscope((state) => state.view);
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-veil" />
        <Dialog.Content className="dialog">
          <Heading />
          <OnlyNow />
          <Tau />
          {view === null ? (
            <p className="hint dialog-waiting" role="status">
              Looking…
            </p>
          ) : (
            <>
              <Views inspection={view.inspection} />
              <p className="hint">
                In a Δ, white is no change; red is where it makes the picture brighter, blue darker.
                All on one scale.
              </p>
              {view.inspection.fakeCond === null && <NoCritic />}
            </>
          )}
          <LookAgain />
          <DialogClose label="Close the microscope" />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};

import { Dices, Download, Shuffle } from 'lucide-react';
import { REFERENCE_GUIDANCE, REFERENCE_STEPS } from '../../lab/reference';
import { useLab } from '../lab/context';
import { stepsInWords, termsInWords } from '../lib/terms';
import { selectArm, useBench } from '../state/bench';
import type { Arm } from '../state/bench';
import { useMicroscope } from '../state/microscope';
import { isLive, useRun } from '../state/run';
import { useSamples } from '../state/samples';
import { useTask } from '../state/task';
import { savePictures } from '../takeHome/pictures';
import { TakeHomeButton } from '../takeHome/TakeHomeButton';
import { Grid } from './Grid';

/** Saves all grids on one sheet. */
const SheetButton = () => {
  const nothing = useSamples(({ grids }) => grids.size === 0);
  return (
    <button
      type="button"
      className="button quiet"
      disabled={nothing}
      title="A PNG with a row for each arm in their order, then the teacher in one step, then guided"
      onClick={() => savePictures()}
    >
      <Download aria-hidden /> Contact sheet
    </button>
  );
};

const SampleButtons = () => {
  const lab = useLab();
  const preparing = useRun(({ state }) => state === 'preparing');
  return (
    <div className="sample-buttons">
      <button
        type="button"
        className="button quiet"
        disabled={preparing}
        onClick={() => lab.newNoise()}
      >
        <Dices aria-hidden /> New noise
      </button>
      <button
        type="button"
        className="button quiet"
        disabled={preparing}
        onClick={() => lab.newPrompts()}
      >
        <Shuffle aria-hidden /> New prompts
      </button>
      <TakeHomeButton />
      <SheetButton />
    </div>
  );
};

const PointedPrompt = () => {
  const pointed = useSamples((state) => state.pointed);
  const prompt = useSamples(({ prompts }) => (pointed === null ? undefined : prompts[pointed]));
  const count = useSamples(({ prompts }) => prompts.length);
  const toWords = useTask(({ task }) => task.toWords);
  const live = useRun(({ state }) => isLive(state));
  return (
    <p className="pointed-prompt" data-testid="pointed-prompt">
      {pointed === null || prompt === undefined ? (
        <span className="hint">
          Point at a picture to read its prompt
          {live ? '; press a student’s to put it under the microscope.' : '.'}
        </span>
      ) : (
        <>
          <span className="hint">
            {pointed + 1} of {count}
          </span>{' '}
          {toWords(prompt)}
        </>
      )}
    </p>
  );
};

/** What is said beneath an arm's name. */
const useArmNote = (id: string): string => {
  const iteration = useSamples(({ grids }) => grids.get(id)?.iteration);
  const stale = useSamples((state) => state.stale.has(id));
  const halted = useRun(({ arms }) => arms.find((arm) => arm.id === id)?.status === 'halted');
  if (iteration === undefined) return 'what is being trained';
  const words = `iteration ${iteration}`;
  if (stale) return `${words} of the run before`;
  return halted ? `${words}, halted` : words;
};

/** The pictures of one arm; pressed, they go under the microscope. */
const ArmGrid = ({ arm, alone }: { arm: Arm; alone: boolean }) => {
  const { id, name, config, color } = arm;
  const live = useRun(({ state }) => isLive(state));
  const note = useArmNote(id);
  const steps = stepsInWords(config.student.steps);
  const terms = termsInWords(config);
  const inspect = (sample: number): void => {
    selectArm(id);
    useMicroscope.setState({ slide: { arm: id, sample }, view: null });
  };
  return (
    <Grid
      source={id}
      title={alone ? 'Student' : name}
      detail={terms === name || alone ? steps : `${terms}, ${steps}`}
      note={note}
      color={alone ? null : color}
      onPress={live ? inspect : null}
    />
  );
};

/** The teacher's pictures, which the arms' are compared with. */
const TeacherGrids = () => (
  <>
    <Grid
      source="teacherGuided"
      title="Teacher, guided"
      detail={`${REFERENCE_STEPS} steps`}
      note={`what it is to look like; guidance ${REFERENCE_GUIDANCE}`}
    />
    <Grid
      source="teacherOneStep"
      title="Teacher"
      detail="one step"
      note="where a one-step student begins"
    />
  </>
);

/** The arms' pictures and their teacher's, from the same noise and for the same prompts. */
export const Samples = () => {
  const arms = useBench((bench) => bench.arms);
  const alone = arms.length === 1;
  return (
    <section className="samples" aria-labelledby="samples-heading">
      <div className="section-head">
        <h2 id="samples-heading">Same noise, same prompts</h2>
        <SampleButtons />
      </div>
      <div className="grids" data-alone={alone}>
        {arms.map((arm) => (
          <ArmGrid key={arm.id} arm={arm} alone={alone} />
        ))}
        {alone && <TeacherGrids />}
      </div>
      {!alone && (
        <div className="grids">
          <TeacherGrids />
        </div>
      )}
      <PointedPrompt />
    </section>
  );
};

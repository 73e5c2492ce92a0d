import { ChevronDown, Dices, Download, MessageSquareText, Shuffle } from 'lucide-react';
import { useState } from 'react';
import { useLab } from '../lab/context';
import { SAMPLES_HEADING } from '../lab/scrollToSamples';
import { frameAt } from '../lib/history';
import { stepsInWords, termsInWords } from '../lib/terms';
import { Claims } from '../claims/Claims';
import { later } from '../messages/later';
import { selectArm, useBench } from '../state/bench';
import type { Arm } from '../state/bench';
import { useMicroscope } from '../state/microscope';
import { isLive, useRun } from '../state/run';
import { useSamples } from '../state/samples';
import { useTask } from '../state/task';
import { useTimeline } from '../state/timeline';
import { savePictures } from '../takeHome/pictures';
import { TakeHomeButton } from '../takeHome/TakeHomeButton';
import { VoteButton } from '../vote/VoteButton';
import { Grid } from './Grid';
import { editPrompt, usePromptPanel } from './panel';
import { NoRealPictures, References } from './References';
import { Timeline } from './Timeline';

/** Loaded when it is first opened, with its menus. */
const PromptPanel = later(async () => (await import('./PromptPanel')).PromptPanel);

/** Saves all grids on one sheet. */
const SheetButton = () => {
  const nothing = useSamples(({ grids }) => grids.size === 0);
  return (
    <button
      type="button"
      className="button quiet"
      disabled={nothing}
      title="A PNG with a row for each grid, in the order in which they stand here"
      onClick={() => savePictures()}
    >
      <Download aria-hidden /> Contact sheet
    </button>
  );
};

/** Opens and closes the panel in which prompts are put together. */
const PromptsButton = () => {
  const open = usePromptPanel((state) => state.open);
  return (
    <button
      type="button"
      className="button quiet"
      aria-expanded={open}
      aria-controls="prompt-panel"
      onClick={() => usePromptPanel.setState({ open: !open })}
    >
      <MessageSquareText aria-hidden /> Prompts
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
      <PromptsButton />
      <VoteButton />
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
          {live
            ? '; press a student’s to put it under the microscope, another to change its prompt.'
            : ', and press it to change that.'}
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
  const now = useSamples(({ grids }) => grids.get(id)?.iteration);
  const past = useTimeline(({ at, histories }) =>
    at === null ? null : frameAt(histories.get(id) ?? [], at)?.iteration,
  );
  const stale = useSamples((state) => state.stale.has(id));
  const halted = useRun(({ arms }) => arms.find((arm) => arm.id === id)?.status === 'halted');
  if (past === undefined) return 'looking back: not there yet';
  if (now === undefined) return 'what is being trained';
  const words = past === null ? `iteration ${now}` : `looking back: iteration ${past}`;
  if (stale) return `${words} of the run before`;
  return halted && past === null ? `${words}, halted` : words;
};

/** The pictures of one arm; pressed, they go under the microscope. */
const ArmGrid = ({ arm, alone }: { arm: Arm; alone: boolean }) => {
  const { id, name, config, color } = arm;
  const live = useRun(({ state }) => isLive(state));
  const past = useTimeline(({ at }) => at !== null);
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
      past={past}
      magnifies={live}
      onPress={live ? inspect : editPrompt}
    />
  );
};

/** Folds the pictures to compare with away, where they take much room. */
const FoldButton = ({ folded, onFold }: { folded: boolean; onFold: (fold: boolean) => void }) => (
  <button
    type="button"
    className="button quiet fold-button"
    aria-expanded={!folded}
    onClick={() => onFold(!folded)}
  >
    <ChevronDown aria-hidden /> {folded ? 'Show' : 'Hide'} what they are compared with
  </button>
);

/** The arms' pictures and what they are compared with, from the same noise and for the same prompts. */
export const Samples = () => {
  const arms = useBench((bench) => bench.arms);
  const prompting = usePromptPanel((state) => state.open);
  const [folded, fold] = useState(false);
  const alone = arms.length === 1;
  return (
    <section className="samples" aria-labelledby={SAMPLES_HEADING}>
      <div className="section-head">
        <h2 id={SAMPLES_HEADING}>Same noise, same prompts</h2>
        <SampleButtons />
      </div>
      {prompting && <PromptPanel />}
      <div className="grids" data-alone={alone} data-folded={folded}>
        {arms.map((arm) => (
          <ArmGrid key={arm.id} arm={arm} alone={alone} />
        ))}
        {alone && <References />}
      </div>
      <Claims />
      {!alone && (
        <div className="grids" data-folded={folded}>
          <References />
        </div>
      )}
      <FoldButton folded={folded} onFold={fold} />
      <NoRealPictures />
      <Timeline />
      <PointedPrompt />
    </section>
  );
};

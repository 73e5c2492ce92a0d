import { Dices, Shuffle } from 'lucide-react';
import { REFERENCE_GUIDANCE, REFERENCE_STEPS } from '../../lab/reference';
import { promptToWords } from '../../tasks/avatars/words';
import { useLab } from '../lab/context';
import { useRun } from '../state/run';
import { useSamples } from '../state/samples';
import { useSettings } from '../state/settings';
import { Grid } from './Grid';

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
    </div>
  );
};

const PointedPrompt = () => {
  const pointed = useSamples((state) => state.pointed);
  const prompt = useSamples(({ prompts }) => (pointed === null ? undefined : prompts[pointed]));
  const count = useSamples(({ prompts }) => prompts.length);
  return (
    <p className="pointed-prompt" data-testid="pointed-prompt">
      {pointed === null || prompt === undefined ? (
        <span className="hint">Point at a picture to read its prompt.</span>
      ) : (
        <>
          <span className="hint">
            {pointed + 1} of {count}
          </span>{' '}
          {promptToWords(prompt)}
        </>
      )}
    </p>
  );
};

/** The student's pictures beside its teacher's, from the same noise and for the same prompts. */
export const Samples = () => {
  const running = useRun(({ began }) => began?.student.steps);
  const wanted = useSettings(({ config }) => config.student.steps);
  const steps = running ?? wanted;
  return (
    <section className="samples" aria-labelledby="samples-heading">
      <div className="section-head">
        <h2 id="samples-heading">Same noise, same prompts</h2>
        <SampleButtons />
      </div>
      <div className="grids">
        <Grid
          kind="student"
          title="Student"
          detail={steps === 1 ? 'one step' : `${steps} steps`}
          note="what is being trained"
        />
        <Grid
          kind="teacherGuided"
          title="Teacher, guided"
          detail={`${REFERENCE_STEPS} steps`}
          note={`what it is to look like; guidance ${REFERENCE_GUIDANCE}`}
        />
        <Grid
          kind="teacherOneStep"
          title="Teacher"
          detail="one step"
          note="where a one-step student begins"
        />
      </div>
      <PointedPrompt />
    </section>
  );
};

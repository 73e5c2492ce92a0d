import { Dices } from 'lucide-react';
import { useEffect } from 'react';
import { REFERENCE_GUIDANCE, REFERENCE_STEPS } from '../../lab/reference';
import type { Trial } from '../../lab/onnx/studentFiles';
import { useLab } from '../lab/context';
import { figure } from '../lib/format';
import { PictureSheet } from '../fields/PictureSheet';
import { AttributeChips } from '../fields/AttributeChips';
import { currentTask, useTask } from '../state/task';
import { useTakeHome } from './store';

/** Puts a value of an attribute into the prompt that the file is asked for. */
const ask = (attribute: number, id: number): void => {
  useTakeHome.setState(({ prompt }) => {
    const next = [...(prompt ?? currentTask().prompts.nullPrompt)];
    next[attribute] = id;
    return { prompt: next };
  });
};

const PromptBuilder = () => {
  const { attributes, nullPrompt } = useTask(({ task }) => task.prompts);
  const prompt = useTakeHome((state) => state.prompt) ?? nullPrompt;
  return (
    <AttributeChips
      attributes={attributes}
      chosen={prompt}
      onChoose={(attribute, id) => ask(attribute, id ?? nullPrompt[attribute] ?? 0)}
    />
  );
};

interface DrawnProps {
  readonly name: string;
  readonly images: Float32Array<ArrayBuffer>;
  readonly shape: Trial['shape'];
  readonly milliseconds: number;
}

const Drawn = ({ name, images, shape, milliseconds }: DrawnProps) => (
  <figure>
    <PictureSheet images={images} shape={shape} label={`Pictures: ${name}`} />
    <figcaption>
      <b>{name}</b>
      <span className="hint">{figure(milliseconds)} ms a picture</span>
    </figcaption>
  </figure>
);

/** Pictures by the file alone, beside the guided teacher's for the same prompt and noise. */
export const TryIt = () => {
  const trial = useTakeHome((state) => state.trial);
  const trying = useTakeHome((state) => state.trying);
  const prompt = useTakeHome((state) => state.prompt);
  const lab = useLab();
  useEffect(() => lab.tryStudent(), [lab, prompt]);
  return (
    <section className="try-it" aria-labelledby="try-heading">
      <h3 id="try-heading">Try it</h3>
      <p className="hint">
        Only the file draws here, through ONNX Runtime; the teacher takes {REFERENCE_STEPS} steps
        with guidance {REFERENCE_GUIDANCE}.
      </p>
      <PromptBuilder />
      <button
        type="button"
        className="button"
        aria-disabled={trying}
        onClick={() => {
          if (!trying) lab.tryStudent({ anew: true });
        }}
      >
        <Dices aria-hidden /> {trying ? 'Drawing…' : 'Other noise'}
      </button>
      {trial !== null && (
        <div className="trial" data-testid="trial">
          <Drawn
            name="The file"
            images={trial.images}
            shape={trial.shape}
            milliseconds={trial.milliseconds}
          />
          <Drawn
            name="The teacher"
            images={trial.teacherImages}
            shape={trial.shape}
            milliseconds={trial.teacherMilliseconds}
          />
        </div>
      )}
    </section>
  );
};

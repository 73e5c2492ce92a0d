import { Undo2 } from 'lucide-react';
import { useLab } from '../lab/context';
import { choiceInWords, idInWords, isEmpty, NO_CHOICE } from '../lib/promptChoice';
import { AttributeChips } from '../fields/AttributeChips';
import { useSamples } from '../state/samples';
import { useTask } from '../state/task';
import { usePromptPanel } from './panel';

const editAll = (): void => usePromptPanel.setState({ place: null });

/** Every picture's prompt; pressed, it is the one that is edited. */
const PromptList = () => {
  const prompts = useSamples((state) => state.prompts);
  const own = useSamples((state) => state.own);
  const place = usePromptPanel((state) => state.place);
  const toWords = useTask(({ task }) => task.toWords);
  const point = (pointed: number | null): void => useSamples.setState({ pointed });
  return (
    <ol className="prompt-list" aria-label="Prompts of the pictures">
      {prompts.map((prompt, index) => (
        <li key={index}>
          <button
            type="button"
            className="prompt-line"
            aria-pressed={place === index}
            onPointerEnter={() => point(index)}
            onPointerLeave={() => point(null)}
            onFocus={() => point(index)}
            onBlur={() => point(null)}
            onClick={() => usePromptPanel.setState({ place: place === index ? null : index })}
          >
            <span className="hint">{index + 1}</span> {toWords(prompt)}
            {!isEmpty(own.get(index) ?? NO_CHOICE) && <span className="hint"> (changed)</span>}
          </button>
        </li>
      ))}
    </ol>
  );
};

/** What is fixed for all pictures, or for the one that is edited. */
const Chips = () => {
  const lab = useLab();
  const space = useTask(({ task }) => task.prompts);
  const { drawn, pinned, own } = useSamples();
  const place = usePromptPanel((state) => state.place);
  const choose = (attribute: number, id: number | null): void =>
    lab.choosePrompt(place, attribute, id);
  if (place === null) {
    return (
      <AttributeChips
        attributes={space.attributes}
        chosen={pinned}
        unset={() => ({ value: 'as drawn', option: 'as drawn' })}
        onChoose={choose}
      />
    );
  }
  const idBefore = (at: number): number => pinned[at] ?? drawn[place]?.[at] ?? space.anyId(at);
  return (
    <AttributeChips
      attributes={space.attributes}
      chosen={own.get(place) ?? NO_CHOICE}
      unset={(at) => {
        const attribute = space.attributes[at];
        const value = attribute === undefined ? '' : idInWords(attribute, idBefore(at));
        const reason = (pinned[at] ?? null) === null ? 'as drawn' : 'as all pictures';
        return { value, option: `${reason}: ${value}` };
      }}
      onChoose={choose}
    />
  );
};

/** Whose prompts the chips change, and what is chosen so far. */
const Whose = () => {
  const task = useTask((state) => state.task);
  const pinned = useSamples((state) => state.pinned);
  const prompt = useSamples(({ prompts }) => prompts);
  const place = usePromptPanel((state) => state.place);
  if (place === null) {
    return (
      <p>
        <b>All pictures.</b> <span data-testid="pinned">{choiceInWords(task, pinned)}</span>
      </p>
    );
  }
  return (
    <p>
      <b>Picture {place + 1}.</b> {task.toWords(prompt[place] ?? task.prompts.nullPrompt)}{' '}
      <button type="button" className="text-button" onClick={editAll}>
        Change all pictures
      </button>
    </p>
  );
};

/** Where the grids' prompts are put together: for all pictures, or for one. */
export const PromptPanel = () => {
  const lab = useLab();
  const nothing = useSamples(
    ({ pinned, own }) => isEmpty(pinned) && [...own.values()].every(isEmpty),
  );
  return (
    <section className="prompt-panel" id="prompt-panel" aria-label="Prompts">
      <Whose />
      <Chips />
      <PromptList />
      <div className="prompt-panel-end">
        <p className="hint">
          “Any” leaves an attribute out of the prompt. Press a prompt to change that picture alone.
        </p>
        <button
          type="button"
          className="button quiet"
          disabled={nothing}
          onClick={() => lab.forgetChoices()}
        >
          <Undo2 aria-hidden /> All as drawn
        </button>
      </div>
    </section>
  );
};

import { useId, useState } from 'react';
import { inputWidth } from '../../../lab/foreign/declared';
import { NumberField } from '../../fields/NumberField';
import { Checkbox } from '../../fields/Checkbox';
import { Select } from '../../fields/Select';
import { useTask } from '../../state/task';
import { parseVectors, withColumns, withConditionKind, type Condition } from './describe';
import { describe, useOnnx } from './store';
import { CONDITION_NAMES, GUESSED } from './words';

type Of<Kind extends Condition['kind']> = Extract<Condition, { kind: Kind }>;

const setCondition = (condition: Condition): void => describe((spec) => ({ ...spec, condition }));

const useTitles = (): readonly (readonly [string, string])[] =>
  useTask(({ task }) => task.prompts.attributes).map(({ name, title }) => [name, title] as const);

const IdFields = ({ condition }: { condition: Of<'ids'> }) => {
  const { attributes, open } = condition;
  const titles = useTitles();
  const prompts = useTask(({ task }) => task.prompts);
  return attributes.map((name, place) => (
    <div key={place} className="onnx-column">
      <Select
        label={attributes.length === 1 ? 'The number says' : `Number ${place + 1} says`}
        value={name}
        options={titles}
        onChange={(next) =>
          describe((spec) =>
            withColumns(
              spec,
              attributes.map((one, at) => (at === place ? next : one)),
              prompts,
            ),
          )
        }
      />
      <NumberField
        label="For “any”"
        value={open[place] ?? 0}
        rule="A whole number."
        isValid={Number.isInteger}
        onChange={(value) =>
          setCondition({ ...condition, open: open.map((one, at) => (at === place ? value : one)) })
        }
      />
    </div>
  ));
};

const OneHotFields = ({ condition }: { condition: Of<'oneHot'> }) => {
  const { attributes, open } = condition;
  const titles = useTitles();
  return (
    <>
      <fieldset className="field onnx-attributes">
        <legend>Side by side</legend>
        {titles.map(([name, title]) => (
          <Checkbox
            key={name}
            checked={attributes.includes(name)}
            onChange={(on) => {
              const next = titles.flatMap(([one]) =>
                (one === name ? on : attributes.includes(one)) ? [one] : [],
              );
              if (next.length > 0) setCondition({ ...condition, attributes: next });
            }}
          >
            {title}
          </Checkbox>
        ))}
      </fieldset>
      <Select
        label="“Any” is"
        value={open}
        options={[
          ['place', 'a place after the values'],
          ['zeros', 'zeros alone'],
        ]}
        onChange={(next) => setCondition({ ...condition, open: next })}
      />
    </>
  );
};

const VectorFields = ({ condition }: { condition: Of<'vectors'> }) => {
  const { attribute, vectors } = condition;
  const titles = useTitles();
  const count = useTask(({ task }) => task.prompts.valueCounts[attribute] ?? 0);
  const [text, setText] = useState('');
  const [textId, hintId] = [useId(), useId()];
  const bad = text.trim() !== '' && vectors.length === 0;
  return (
    <>
      <Select
        label="The vector says"
        value={attribute}
        options={titles}
        onChange={(next) => setCondition({ ...condition, attribute: next })}
      />
      <div className="field">
        <label htmlFor={textId}>Vectors</label>
        <textarea
          id={textId}
          rows={3}
          spellCheck={false}
          placeholder="[[0.12, -0.5], …]"
          value={text}
          aria-invalid={bad}
          aria-describedby={hintId}
          onChange={({ currentTarget: { value } }) => {
            setText(value);
            setCondition({ ...condition, vectors: parseVectors(value) ?? [] });
          }}
        />
        <p className="hint" id={hintId}>
          JSON: a list of {count + 1} lists of numbers, one for each value in its order, the last
          for “any”. {vectors.length > 0 && `${vectors.length} are there.`}
          {bad && 'This is no such list.'}
        </p>
      </div>
    </>
  );
};

/** How prompts are put to the network; nothing where it takes none. */
export const ConditionFields = () => {
  const spec = useOnnx((state) => state.spec);
  const draft = useOnnx((state) => state.draft);
  const prompts = useTask(({ task }) => task.prompts);
  const condition = spec?.condition;
  const port = draft?.inputs.find(({ name }) => name === spec?.inputs.condition);
  if (!condition || !port) return null;
  return (
    <>
      <Select
        label={`Prompts go to ${port.name} as`}
        value={condition.kind}
        options={CONDITION_NAMES}
        {...(draft?.asked.includes('condition') ? { hint: GUESSED } : {})}
        onChange={(kind) =>
          describe((now) => withConditionKind(now, kind, prompts, inputWidth(port)))
        }
      />
      {condition.kind === 'ids' && <IdFields condition={condition} />}
      {condition.kind === 'oneHot' && <OneHotFields condition={condition} />}
      {condition.kind === 'vectors' && <VectorFields condition={condition} />}
    </>
  );
};

import '../styles/chips.css';
import { Check, ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import type { Attribute } from '../../tasks/promptSpace';
import { idInWords, type PromptChoice } from '../lib/promptChoice';

/** More attributes than so many are folded away, as far as nothing is chosen of them. */
const MOST_CHIPS = 12;

interface Unset {
  /** The value that it has all the same. */
  readonly value: string;
  /** What the menu calls choosing nothing. */
  readonly option: string;
}

interface AttributeChipsProps {
  readonly attributes: readonly Attribute[];
  readonly chosen: PromptChoice;
  /** What an attribute is of which nothing is chosen; absent: something always is. */
  readonly unset?: (attribute: number) => Unset;
  readonly onChoose: (attribute: number, id: number | null) => void;
}

/** What the menu calls a choice that is none. */
const UNSET = 'unset';

const Swatch = ({ hex }: { hex: string | undefined }) =>
  hex === undefined ? null : <span className="swatch" style={{ background: hex }} aria-hidden />;

interface ChipProps {
  readonly attribute: Attribute;
  readonly id: number | null;
  readonly unset: Unset | null;
  readonly onChoose: (id: number | null) => void;
}

/** One attribute with its value; pressed, it offers the others. */
const Chip = ({ attribute, id, unset, onChoose }: ChipProps) => {
  const { title, values } = attribute;
  const options = [
    ...(unset === null ? [] : [{ key: UNSET, name: unset.option, hex: undefined }]),
    { key: String(values.length), name: 'any', hex: undefined },
    ...values.map(({ name, hex }, value) => ({ key: String(value), name, hex })),
  ];
  const words = id === null ? (unset?.value ?? '') : idInWords(attribute, id);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="chip" data-chosen={id !== null}>
        <span className="chip-title">{title}:</span> <Swatch hex={values[id ?? -1]?.hex} /> {words}
        <ChevronDown aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="chip-menu" align="start" sideOffset={4}>
          <DropdownMenu.RadioGroup
            value={id === null ? UNSET : String(id)}
            onValueChange={(key) => onChoose(key === UNSET ? null : Number(key))}
          >
            {options.map(({ key, name, hex }) => (
              <DropdownMenu.RadioItem key={key} value={key} className="chip-option">
                <span className="chip-check">
                  <DropdownMenu.ItemIndicator>
                    <Check aria-hidden />
                  </DropdownMenu.ItemIndicator>
                </span>
                <Swatch hex={hex} /> {name}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
};

/** A prompt as chips, one an attribute. */
export const AttributeChips = (props: AttributeChipsProps) => {
  const { attributes, chosen, unset, onChoose } = props;
  const [unfolded, unfold] = useState(false);
  const shown = attributes
    .map((attribute, at) => ({ attribute, at, id: chosen[at] ?? null }))
    .filter(({ at, id }) => unfolded || at < MOST_CHIPS || (unset !== undefined && id !== null));
  return (
    <div className="chips-row">
      {shown.map(({ attribute, at, id }) => (
        <Chip
          key={attribute.name}
          attribute={attribute}
          id={id}
          unset={unset?.(at) ?? null}
          onChoose={(next) => onChoose(at, next)}
        />
      ))}
      {attributes.length > MOST_CHIPS && (
        <button
          type="button"
          className="button quiet"
          aria-expanded={unfolded}
          onClick={() => unfold(!unfolded)}
        >
          {unfolded ? 'Fewer' : `${attributes.length - shown.length} more`}
        </button>
      )}
    </div>
  );
};

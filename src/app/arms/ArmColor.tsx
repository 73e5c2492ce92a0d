import { Palette } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useId } from 'react';
import { ARM_COLOR_NAMES, armColor } from '../lib/colors';
import { recolorArm } from '../state/bench';
import type { Arm } from '../state/bench';

const Swatches = ({ arm }: { arm: Arm }) => {
  const name = useId();
  return (
    <fieldset className="swatches">
      <legend className="visually-hidden">Colour of {arm.name}</legend>
      {ARM_COLOR_NAMES.map((words, place) => (
        <label key={words} title={words}>
          <input
            type="radio"
            name={name}
            aria-label={words}
            checked={arm.color === place}
            onChange={() => recolorArm(arm.id, place)}
          />
          <span style={{ background: armColor(place) }} aria-hidden />
        </label>
      ))}
    </fieldset>
  );
};

/** Opens the palette from which an arm takes its colour. */
export const ArmColor = ({ arm }: { arm: Arm }) => (
  <Popover.Root>
    <Popover.Trigger className="icon-button small" aria-label={`Colour of ${arm.name}`}>
      <Palette aria-hidden />
    </Popover.Trigger>
    <Popover.Portal>
      <Popover.Content
        className="popover"
        side="bottom"
        align="start"
        sideOffset={4}
        collisionPadding={8}
        aria-label={`Colour of ${arm.name}`}
      >
        <Swatches arm={arm} />
        <p className="hint">An arm that has it already takes this one’s.</p>
      </Popover.Content>
    </Popover.Portal>
  </Popover.Root>
);

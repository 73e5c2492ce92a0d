import { Keyboard } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useEffect, useEffectEvent } from 'react';
import { SHORTCUTS, shortcutOf, whereIs, type Handlers } from '../lib/shortcuts';
import { listShortcuts, switchShortcuts, useShortcuts } from '../state/shortcuts';
import { Checkbox } from '../fields/Checkbox';
import { DialogClose } from '../fields/DialogClose';

/** Listens to the keyboard for as long as these handlers are on the page. */
const useKeys = (handlers: Handlers): void => {
  const onPress = useEffectEvent((event: KeyboardEvent) => {
    const { on } = useShortcuts.getState();
    const target = event.target instanceof Element ? event.target : null;
    const id = shortcutOf(event, whereIs(target), handlers);
    if (id === null || (!on && id !== 'list')) return;
    event.preventDefault();
    handlers[id]?.(event.key);
  });
  useEffect(() => {
    document.addEventListener('keydown', onPress);
    return () => document.removeEventListener('keydown', onPress);
  }, []);
};

const List = ({ handlers }: { handlers: Handlers }) => (
  <dl className="shortcuts">
    {SHORTCUTS.filter(({ id }) => handlers[id] !== undefined).map(({ id, shown, words }) => (
      <div key={id}>
        <dt>
          <kbd>{shown}</kbd>
        </dt>
        <dd>{words}</dd>
      </div>
    ))}
  </dl>
);

/** The keys that do something, the button that lists them, and the way to switch them off. */
export const Shortcuts = ({ handlers }: { handlers: Handlers }) => {
  const { on, listed } = useShortcuts();
  const all: Handlers = { ...handlers, list: () => listShortcuts(true) };
  useKeys(all);
  return (
    <Dialog.Root open={listed} onOpenChange={listShortcuts}>
      <Dialog.Trigger
        className="icon-button shortcuts-button"
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts (?)"
      >
        <Keyboard aria-hidden />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-veil" />
        <Dialog.Content className="dialog narrow" aria-describedby={undefined}>
          <Dialog.Title className="dialog-title">Keyboard shortcuts</Dialog.Title>
          <List handlers={all} />
          <Checkbox checked={on} onChange={switchShortcuts}>
            Single keys do this. Without, only ? is heard.
          </Checkbox>
          <p className="hint">
            Keys are heard anywhere but in a field; on a focused button Space presses that button.
          </p>
          <DialogClose label="Close the shortcuts" />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};

import { create } from 'zustand';
import { recall, remember } from '../lib/remembered';

interface ShortcutsSlice {
  /** Whether single keys do something; some dictate to their computer, and want none. */
  readonly on: boolean;
  /** Whether the dialog that lists them is open. */
  readonly listed: boolean;
}

const NAME = 'shortcuts';

export const useShortcuts = create<ShortcutsSlice>()(() => ({
  on: recall(NAME) !== 'off',
  listed: false,
}));

/** Switches single keys on or off, and remembers it. */
export const switchShortcuts = (on: boolean): void => {
  remember(NAME, on ? 'on' : 'off');
  useShortcuts.setState({ on });
};

export const listShortcuts = (listed: boolean): void => useShortcuts.setState({ listed });

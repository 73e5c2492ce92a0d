/** Every key that does something by itself; the page's dialog lists them from here. */
export const SHORTCUTS = [
  { id: 'toggle', key: ' ', shown: 'Space', words: 'Start, pause or go on' },
  { id: 'step', key: '.', shown: '.', words: 'One iteration, while it is paused' },
  { id: 'student', key: 's', shown: 'S', words: 'One update of the student only, while paused' },
  { id: 'critic', key: 'c', shown: 'C', words: 'One update of the critic only, while paused' },
  { id: 'reset', key: 'R', shown: 'Shift R', words: 'Reset: ends this run for good' },
  { id: 'anew', key: 'R', shown: 'Shift R', words: 'Begin the same run anew' },
  { id: 'arm', key: '1-8', shown: '1 to 8', words: 'Select that arm' },
  { id: 'duplicate', key: 'd', shown: 'D', words: 'Duplicate the selected arm' },
  { id: 'noise', key: 'n', shown: 'N', words: 'Draw all pictures from new noise' },
  { id: 'list', key: '?', shown: '?', words: 'Show these shortcuts' },
] as const;

export type ShortcutId = (typeof SHORTCUTS)[number]['id'];

/** What each shortcut does where it has something to do; a range of keys is told which one it was. */
export type Handlers = Readonly<Partial<Record<ShortcutId, (key: string) => void>>>;

/**
 * Where the focus is: in a field whose keys are its own, on a control that Space and Enter press, or
 * on the page.
 */
export type Where = 'field' | 'control' | 'page';

/** What of a keyboard's event decides. */
export type Press = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat' | 'defaultPrevented'
>;

const isOf = (key: string, pressed: string): boolean =>
  key.length === 3 && key[1] === '-'
    ? pressed.length === 1 && pressed >= (key[0] ?? '') && pressed <= (key[2] ?? '')
    : key === pressed;

/**
 * The shortcut that a press is, of those that have a handler; null: the press is not ours. Keys with
 * Ctrl, Alt or Cmd are the browser's, and a key that is held down counts once.
 */
export const shortcutOf = (press: Press, where: Where, handlers: Handlers): ShortcutId | null => {
  const { key, ctrlKey, metaKey, altKey, repeat, defaultPrevented } = press;
  if (ctrlKey || metaKey || altKey || repeat || defaultPrevented || where === 'field') return null;
  if (where === 'control' && key === ' ') return null;
  const known = SHORTCUTS.find((one) => handlers[one.id] !== undefined && isOf(one.key, key));
  return known?.id ?? null;
};

const FIELDS = [
  'input:not([type="checkbox"], [type="radio"], [type="button"])',
  ...['textarea', 'select', '[contenteditable]', '[role="application"]'],
  // While a dialog or a menu is open, the page behind it hears nothing; letters find a menu's entries.
  ...['[role="dialog"]', '[role="menu"]'],
].join();
const CONTROLS = [
  ...['button', 'summary', 'input', '[role="switch"]', '[role="tab"]', '[role="radio"]'],
].join();

/** What has the focus, as far as shortcuts care. */
export const whereIs = (element: Element | null): Where => {
  if (element?.closest(FIELDS)) return 'field';
  return element?.closest(CONTROLS) ? 'control' : 'page';
};

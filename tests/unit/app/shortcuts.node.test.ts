import { expect, test } from 'vitest';
import {
  SHORTCUTS,
  shortcutOf,
  type Handlers,
  type Press,
  type ShortcutId,
  type Where,
} from '../../../src/app/lib/shortcuts';

const nothing = (): void => undefined;
const handlersOf = (...ids: ShortcutId[]): Handlers =>
  Object.fromEntries(ids.map((id) => [id, nothing]));

/** Everything that the bench of pictures has. */
const BENCH = handlersOf(
  ...(['toggle', 'step', 'student', 'critic', 'reset'] as const),
  ...(['arm', 'duplicate', 'noise', 'list'] as const),
);

const press = (key: string, part: Partial<Press> = {}): Press => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false },
  ...{ repeat: false, defaultPrevented: false },
  ...part,
});

const pressed = (key: string, where: Where = 'page', handlers = BENCH): ShortcutId | null =>
  shortcutOf(press(key), where, handlers);

test('each key does what the list says', () => {
  const keys = [' ', '.', 's', 'c', 'R', '1', '8', 'd', 'n', '?'];
  expect(keys.map((key) => pressed(key))).toEqual([
    ...['toggle', 'step', 'student', 'critic', 'reset', 'arm', 'arm', 'duplicate', 'noise', 'list'],
  ]);
  for (const key of ['0', '9', 'r', 'x', 'Enter', 'Escape', 'Tab', '-']) {
    expect(pressed(key), key).toBeNull();
  }
});

test('no key of a view means two things', () => {
  for (const handlers of [BENCH, handlersOf('toggle', 'step', 'anew', 'list')]) {
    const keys = SHORTCUTS.filter(({ id }) => handlers[id]).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  }
});

test('what a view does not have is left alone', () => {
  const plane = handlersOf('toggle', 'anew');
  expect(pressed('R', 'page', plane)).toBe('anew');
  expect(pressed('s', 'page', plane)).toBeNull();
});

test('in a field nothing is heard, and on a control Space is the control’s', () => {
  for (const { key } of SHORTCUTS) expect(pressed(key, 'field'), key).toBeNull();
  expect(pressed(' ', 'control')).toBeNull();
  expect(pressed('.', 'control')).toBe('step');
});

test('the browser’s own keys, held keys and presses that were dealt with are left alone', () => {
  for (const part of [
    { ctrlKey: true },
    { metaKey: true },
    { altKey: true },
    { repeat: true },
    { defaultPrevented: true },
  ]) {
    expect(shortcutOf(press('d', part), 'page', BENCH)).toBeNull();
  }
});

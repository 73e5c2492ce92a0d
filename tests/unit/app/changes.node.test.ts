import { expect, test } from 'vitest';
import { noteChanges } from '../../../src/app/lab/changes';
import { changesInWords } from '../../../src/app/state/run';
import { parseArmConfig } from '../../../src/lab/config';

const both = { id: 'a', config: parseArmConfig({}) };
const spear = { id: 'a', config: parseArmConfig({ terms: { dm: { enabled: false } } }) };

test('changes of terms are noted with the iteration from which they hold', () => {
  const begun = noteChanges([], [both], 0);
  expect(begun).toEqual([{ arm: 'a', iteration: 1, terms: 'CA + DM' }]);
  const changed = noteChanges(begun, [spear], 12);
  expect(changed.at(-1)).toEqual({ arm: 'a', iteration: 13, terms: 'CA only' });
  expect(changesInWords(changed)).toBe('CA + DM, then CA only from iteration 13');
  expect(noteChanges(changed, [spear], 20)).toEqual(changed);
});

test('what trained no iteration is no change', () => {
  const begun = noteChanges([], [both], 0);
  const changed = noteChanges(begun, [spear], 12);
  expect(noteChanges(changed, [both], 12)).toEqual(begun);
});

test('changes of an arm that is gone are dropped', () => {
  const begun = noteChanges([], [both, { ...spear, id: 'b' }], 0);
  expect(noteChanges(begun, [both], 5).map(({ arm }) => arm)).toEqual(['a']);
});

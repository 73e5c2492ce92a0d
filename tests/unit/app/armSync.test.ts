import { expect, test } from 'vitest';
import { ArmSync } from '../../../src/app/lab/armSync';
import type { Arm } from '../../../src/app/state/bench';
import { parseArmConfig } from '../../../src/lab/config';

const config = parseArmConfig({});
const stronger = parseArmConfig({ guidanceScale: 8 });

const arm = (id: string, part: Partial<Arm> = {}): Arm => ({
  id,
  name: id,
  config,
  origin: config,
  color: 0,
  like: null,
  ...part,
});

const begin = (...arms: Arm[]): ArmSync => {
  const sync = new ArmSync();
  sync.begin(arms);
  return sync;
};

test('nothing new asks for nothing', () => {
  const sync = begin(arm('a'), arm('b'));
  expect(sync.update([arm('a'), arm('b')])).toEqual([]);
});

test('a change is told once, and only what changed', () => {
  const sync = begin(arm('a'), arm('b'));
  const wanted = [arm('a', { config: stronger }), arm('b', { name: 'other' })];
  expect(sync.update(wanted)).toEqual([
    { type: 'configureArm', arm: 'a', config: stronger },
    { type: 'renameArm', arm: 'b', name: 'other' },
  ]);
  expect(sync.update(wanted)).toEqual([]);
});

test('a copy goes on from its model, even when the model goes at the same time', () => {
  const sync = begin(arm('a'));
  expect(sync.update([arm('c', { like: 'a' })])).toEqual([
    { type: 'addArm', arm: { id: 'c', name: 'c', config }, like: 'a' },
    { type: 'removeArm', arm: 'a' },
  ]);
});

test('an arm whose model the Worker does not have begins anew', () => {
  const sync = begin(arm('a'));
  expect(sync.update([arm('a'), arm('c', { like: 'gone' })])).toEqual([
    { type: 'addArm', arm: { id: 'c', name: 'c', config }, like: null },
  ]);
});

test('an arm that was refused is neither changed nor removed', () => {
  const sync = begin(arm('a'));
  sync.update([arm('a'), arm('b')]);
  sync.drop('b');
  expect(sync.update([arm('a')])).toEqual([]);
});

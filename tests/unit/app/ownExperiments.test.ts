import { expect, test } from 'vitest';
import { readKept } from '../../../src/app/gallery/ownExperiments';
import { E1 } from '../../../src/lab/experiments/e1';
import { writeLink } from '../../../src/lab/setUp/link';
import { experimentSetUp } from '../../support/setUps';

const setUp = experimentSetUp(E1);
const KEPT = {
  ...{ version: 1, name: 'Mine', saved: '2025-01-01T00:00:00.000Z' },
  link: writeLink({ setUp, teacher: null }),
};

test('a set-up that was kept is read back', () => {
  expect(readKept('a', KEPT)).toEqual({ ...KEPT, id: 'a', setUp });
});

test.each([
  ['nothing', undefined],
  ['another version', { ...KEPT, version: 2 }],
  ['no name', { ...KEPT, name: '  ' }],
  ['no date', { ...KEPT, saved: 'today' }],
  ['a broken link', { ...KEPT, link: KEPT.link.slice(0, -1) }],
  ['a gigantic link', { ...KEPT, link: `1.${'A'.repeat(100_000)}` }],
  ['more than it should say', { ...KEPT, more: 1 }],
])('%s is passed over', (_, value) => {
  expect(readKept('a', value)).toBeNull();
});

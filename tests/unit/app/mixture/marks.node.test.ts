import { expect, test } from 'vitest';
import { markChange } from '../../../../src/app/mixture/lib/marks';
import { MOMENTS } from '../../../../src/app/mixture/lib/moments';
import { guidanceScale } from '../../../../src/flow/time';
import { parseArmConfig } from '../../../../src/lab/config';

const BOTH = parseArmConfig({});
const SPEAR = parseArmConfig({ terms: { dm: { enabled: false } } });
const STRONGER = { ...BOTH, guidanceScale: guidanceScale(8) };
const FOUR = parseArmConfig({ student: { steps: 4 } });

test('a change of terms or steps is named', () => {
  const marks = markChange([], BOTH, SPEAR, 10);
  expect(marks).toEqual([{ iteration: 10, words: 'CA only' }]);
  expect(markChange(marks, SPEAR, FOUR, 20).at(-1)?.words).toBe(
    'CA + DM, 4 steps, decoupled, full',
  );
});

test('a slider that is moved for a while leaves one mark', () => {
  const once = markChange([], BOTH, STRONGER, 10);
  expect(once).toEqual([{ iteration: 10, words: 'settings' }]);
  expect(markChange(once, STRONGER, BOTH, 12)).toEqual(once);
  expect(markChange(once, STRONGER, BOTH, 300)).toHaveLength(2);
});

test('of two changes with no iteration between them the last is told', () => {
  const marks = markChange(markChange([], BOTH, SPEAR, 10), SPEAR, FOUR, 10);
  expect(marks).toEqual([{ iteration: 10, words: 'CA + DM, 4 steps, decoupled, full' }]);
});

test('moments set the switches that they name', () => {
  const on = (id: string): string[] => {
    const { terms } = MOMENTS.find((moment) => moment.id === id)?.apply(BOTH) ?? BOTH;
    return Object.entries(terms).flatMap(([name, { enabled }]) => (enabled ? [name] : []));
  };
  expect(on('spear')).toEqual(['ca']);
  expect(on('shield')).toEqual(['ca', 'dm']);
  expect(on('simple')).toEqual(['ca', 'meanVariance']);
  expect(on('gan')).toEqual(['ca', 'gan']);
});

test('the moment of the schedules goes to and fro', () => {
  const moment = MOMENTS.find(({ id }) => id === 'schedules');
  if (moment === undefined) throw new Error('There is no such moment.');
  const coupled = moment.apply(BOTH);
  expect(coupled.student.steps).toBe(4);
  expect(coupled.terms.dm.sharedTau).toBe(true);
  const hybrid = moment.apply(coupled);
  expect(hybrid.terms.dm.sharedTau).toBe(false);
  expect(hybrid.terms.ca.tau.aboveT).toBe(true);
  expect(moment.apply(hybrid)).toEqual(coupled);
});

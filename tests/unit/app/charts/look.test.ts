import { expect, test } from 'vitest';
import { ownerOf } from '../../../../src/app/charts/curve';
import { toggleChart, toggleLog, toggleOwner, useChartLook } from '../../../../src/app/charts/look';

test('a chart is put away and got back, and the last one put away is known', () => {
  toggleChart('coverage');
  expect(useChartLook.getState().hidden.has('coverage')).toBe(true);
  expect(useChartLook.getState().lastHidden).toBe('coverage');
  toggleChart('coverage');
  expect(useChartLook.getState().hidden.has('coverage')).toBe(false);
  expect(useChartLook.getState().lastHidden).toBeNull();
});

test('a scale is one chart’s, an arm that is hidden is hidden in all', () => {
  const before = useChartLook.getState();
  const arm = ownerOf('arm', 'arm-2');
  toggleLog('criticLoss');
  toggleOwner(arm);
  const { log, off, hidden } = useChartLook.getState();
  expect([log.has('criticLoss'), log.has('coverage')]).toEqual([true, false]);
  expect([...off]).toEqual([arm]);
  expect(hidden).toBe(before.hidden);
  toggleLog('criticLoss');
  toggleOwner(arm);
  expect(useChartLook.getState()).toMatchObject({ log: before.log, off: before.off });
});

test('an arm is another owner than the term of the same id', () => {
  toggleOwner(ownerOf('term', 'ca'));
  const { off } = useChartLook.getState();
  expect([off.has(ownerOf('term', 'ca')), off.has(ownerOf('arm', 'ca'))]).toEqual([true, false]);
  toggleOwner(ownerOf('term', 'ca'));
});

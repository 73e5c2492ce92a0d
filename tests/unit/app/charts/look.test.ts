import { expect, test } from 'vitest';
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
  toggleLog('criticLoss');
  toggleOwner('arm-2');
  const { log, off, hidden } = useChartLook.getState();
  expect([log.has('criticLoss'), log.has('coverage')]).toEqual([true, false]);
  expect([...off]).toEqual(['arm-2']);
  expect(hidden).toBe(before.hidden);
  toggleLog('criticLoss');
  toggleOwner('arm-2');
  expect(useChartLook.getState()).toMatchObject({ log: before.log, off: before.off });
});

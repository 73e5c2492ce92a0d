import { expect, test } from 'vitest';
import { logAxis, placeAxis, shareOf, valueAxis } from '../../../src/app/charts/axis';

test('iterations end where the run does, with round numbers between', () => {
  expect(placeAxis([0, 10])).toMatchObject({ domain: [0, 10], ticks: [0, 2, 4, 6, 8, 10] });
  expect(placeAxis([0, 722])).toMatchObject({ domain: [0, 722], ticks: [0, 200, 400, 600] });
});

test('a part of the run has its own round numbers, whole ones', () => {
  expect(placeAxis([37, 61])).toMatchObject({ domain: [37, 61], ticks: [40, 45, 50, 55, 60] });
  expect(placeAxis([7, 10]).ticks).toEqual([7, 8, 9, 10]);
});

test('values end at a round number above the greatest', () => {
  expect(valueAxis('fromZero', [0.31, 0.38], 0.1)).toMatchObject({
    domain: [0, 0.4],
    ticks: [0, 0.1, 0.2, 0.3, 0.4],
  });
  expect(valueAxis('fromZero', [], 0.1).domain).toEqual([0, 0.1]);
});

test('values around zero reach as far to both sides', () => {
  expect(valueAxis('aroundZero', [0.03, -0.3], 0.2)).toMatchObject({
    domain: [-0.4, 0.4],
    ticks: [-0.4, -0.2, 0, 0.2, 0.4],
  });
});

test('a logarithmic axis shows the decades of what is above 0', () => {
  const axis = logAxis([0, -3, 0.002, 5]);
  expect(axis.domain).toEqual([0.001, 10]);
  expect(axis.ticks).toEqual([0.001, 0.01, 0.1, 1, 10]);
  expect(shareOf(axis, 0.001)).toBe(0);
  expect(shareOf(axis, 0.1)).toBeCloseTo(0.5, 9);
  expect(shareOf(axis, 10)).toBe(1);
});

test('a logarithmic axis within a decade, and one with nothing to show, still have labels', () => {
  const narrow = logAxis([0.3, 0.4]);
  expect(narrow.domain[0]).toBeLessThan(0.3);
  expect(narrow.domain[1]).toBeGreaterThan(0.4);
  expect(narrow.ticks.length).toBeGreaterThan(1);
  expect(logAxis([-1, 0]).domain).toEqual([0.1, 1]);
  expect(logAxis([7]).ticks.length).toBeGreaterThan(0);
});

test('many decades have few labels', () => {
  expect(logAxis([1e-9, 1e6]).ticks.length).toBeLessThanOrEqual(6);
});

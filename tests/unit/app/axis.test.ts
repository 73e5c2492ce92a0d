import { expect, test } from 'vitest';
import { iterationAxis, valueAxis } from '../../../src/app/charts/curve';

test('iterations end where the run does, with round numbers between', () => {
  expect(iterationAxis(10)).toEqual({ domain: [0, 10], ticks: [0, 2, 4, 6, 8, 10] });
  expect(iterationAxis(722)).toEqual({ domain: [0, 722], ticks: [0, 200, 400, 600] });
});

test('values end at a round number above the greatest', () => {
  expect(valueAxis('fromZero', [0.31, 0.38], 0.1)).toEqual({
    domain: [0, 0.4],
    ticks: [0, 0.1, 0.2, 0.3, 0.4],
  });
  expect(valueAxis('fromZero', [], 0.1).domain).toEqual([0, 0.1]);
});

test('values around zero reach as far to both sides', () => {
  expect(valueAxis('aroundZero', [0.03, -0.3], 0.2)).toEqual({
    domain: [-0.4, 0.4],
    ticks: [-0.4, -0.2, 0, 0.2, 0.4],
  });
});

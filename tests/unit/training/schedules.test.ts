import { expect, test } from 'vitest';
import { averageDecay, cosineRate } from '../../../src/graph/optimizers/schedules';

test('the rate rises straight, then falls as a cosine to almost zero', () => {
  const schedule = { peak: 2, warmUp: 4, steps: 100 };
  const cosine = (index: number) => 2 * 0.5 * (1 + Math.cos((Math.PI * index) / 100));
  expect(cosineRate(schedule, 0)).toBeCloseTo(0.25 * cosine(0), 12);
  expect(cosineRate(schedule, 1)).toBeCloseTo(0.5 * cosine(1), 12);
  expect(cosineRate(schedule, 3)).toBeCloseTo(cosine(3), 12);
  expect(cosineRate(schedule, 50)).toBeCloseTo(1, 12);
  expect(cosineRate(schedule, 99)).toBeLessThan(0.001);
  expect(cosineRate({ ...schedule, warmUp: 0 }, 0)).toBe(2);
});

test('an average follows closely at first, and never more slowly than its limit', () => {
  expect(averageDecay(0.999, 1)).toBeCloseTo(2 / 11, 12);
  expect(averageDecay(0.999, 90)).toBeCloseTo(0.91, 12);
  expect(averageDecay(0.999, 1e6)).toBe(0.999);
  expect(averageDecay(0.1, 1)).toBe(0.1);
});

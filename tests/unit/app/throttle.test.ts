import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { REDRAW_INTERVAL } from '../../../src/app/charts/redraw';
import { throttle } from '../../../src/app/lib/throttle';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('charts are redrawn at most ten times a second, however often figures come', () => {
  const drawn: number[] = [];
  let newest = 0;
  const redraw = throttle(() => drawn.push(newest), REDRAW_INTERVAL);
  for (newest = 1; newest <= 3000; newest++) {
    redraw();
    vi.advanceTimersByTime(1);
  }
  vi.advanceTimersByTime(1000);
  // Three seconds, the first redraw at once.
  expect(drawn.length).toBeLessThanOrEqual(31);
  expect(drawn.length).toBeGreaterThan(15);
  expect(drawn[0]).toBe(1);
});

test('the last of many calls is never lost, and a quiet one acts at once', () => {
  const drawn: string[] = [];
  let newest = '';
  const redraw = throttle(() => drawn.push(newest), REDRAW_INTERVAL);
  const ask = (words: string): void => {
    newest = words;
    redraw();
  };
  ask('first');
  ask('second');
  ask('third');
  expect(drawn).toEqual(['first']);
  vi.advanceTimersByTime(REDRAW_INTERVAL);
  expect(drawn).toEqual(['first', 'third']);
  vi.advanceTimersByTime(REDRAW_INTERVAL);
  expect(drawn).toEqual(['first', 'third']);
  ask('later');
  expect(drawn).toEqual(['first', 'third', 'later']);
});

import { expect, test } from 'vitest';
import { nextStop, STOPS } from '../../../src/app/tour/stops';

const places = (by: 1 | -1, from: number, isThere: (id: string) => boolean): number[] => {
  const found: number[] = [];
  let at = nextStop(from, by, ({ id }) => isThere(id));
  while (at !== null) {
    found.push(at);
    at = nextStop(at, by, ({ id }) => isThere(id));
  }
  return found;
};

test('the tour has five stops, goes through all of them and back', () => {
  expect(STOPS.map(({ id }) => id)).toEqual(['spear', 'shield', 'others', 'schedules', 'home']);
  expect(places(1, -1, () => true)).toEqual([0, 1, 2, 3, 4]);
  expect(places(-1, 4, () => true)).toEqual([3, 2, 1, 0]);
});

test('stops whose control is not on the page are left out, at the ends as well', () => {
  expect(places(1, -1, (id) => id !== 'spear' && id !== 'others')).toEqual([1, 3, 4]);
  expect(places(-1, 4, (id) => id !== 'spear')).toEqual([3, 2, 1]);
  expect(places(1, -1, () => false)).toEqual([]);
});

import { expect, test } from 'vitest';
import { curveKey, endOf, indexFrom } from '../../../src/app/lab/columns';
import { Series, type Point } from '../../../src/app/lab/series';

type Figure = 'size' | 'loss';

const point = (iteration: number, part: Partial<Point<Figure>['values']> = {}): Point<Figure> => ({
  iteration,
  values: { size: iteration, loss: null, ...part },
});

const makeSeries = (): Series<Figure> => new Series<Figure>(['size', 'loss']);

const run = (length: number, first = 1): Series<Figure> => {
  const series = makeSeries();
  series.push(Array.from({ length }, (_, index) => point(first + index)));
  return series;
};

const column = (series: Series<Figure>, figure: Figure) => {
  const found = new Map(series.columns('arm')).get(curveKey('arm', figure));
  if (found === undefined) throw new Error('The series has no such column.');
  return found;
};

test('every point of a long run is kept, however it comes', () => {
  const series = makeSeries();
  for (let iteration = 1; iteration <= 1000; iteration++) series.push([point(iteration)]);
  const { x, y } = column(series, 'size');
  expect([...y]).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
  expect([...x]).toEqual([...y]);
  expect(series.columns('arm')).toEqual(run(1000).columns('arm'));
  expect(series.latest?.iteration).toBe(1000);
});

test('a figure that was not computed, or is not finite, is a gap', () => {
  const series = makeSeries();
  series.push([point(1, { loss: 3 }), point(2), point(3, { loss: Infinity })]);
  expect([...column(series, 'loss').y]).toEqual([3, NaN, NaN]);
});

test('iterations that are done again take the place of those that were undone', () => {
  const series = run(30);
  series.push([point(26, { size: 500 }), point(27, { size: 501 })]);
  const { x, y } = column(series, 'size');
  expect([...x]).toEqual(Array.from({ length: 27 }, (_, index) => index + 1));
  expect([...y.slice(-3)]).toEqual([25, 500, 501]);
});

test('columns of several arms have their own keys and one end', () => {
  const columns = new Map([...run(1000).columns('long'), ...run(5, 3).columns('short')]);
  expect(columns.size).toBe(4);
  expect(endOf(columns.values())).toBe(1000);
  expect(columns.get(curveKey('short', 'size'))?.x[0]).toBe(3);
  expect(endOf([])).toBe(0);
});

test('the first place at or beyond one is found by halving', () => {
  const places = Float64Array.of(0, 25, 50);
  expect([-1, 0, 1, 25, 26, 50, 51].map((x) => indexFrom(places, x))).toEqual([
    0, 0, 1, 1, 2, 2, 3,
  ]);
});

import { expect, test } from 'vitest';
import { chartRows, curveKey, iterationsInWords } from '../../../src/app/lab/rows';
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

test('a short run is kept point by point', () => {
  const series = run(3);
  expect(series.width).toBe(1);
  expect(series.rows().map(({ values }) => values.size)).toEqual([1, 2, 3]);
  expect(series.latest?.iteration).toBe(3);
});

test('a long run is thinned to means over equal widths, and nothing is lost', () => {
  const series = run(1000);
  const rows = series.rows();
  expect(series.width).toBe(4);
  expect(rows.length).toBeLessThanOrEqual(300);
  expect(rows[0]).toMatchObject({ first: 1, last: 4, values: { size: 2.5 } });
  expect(rows.at(-1)).toMatchObject({ first: 997, last: 1000, values: { size: 998.5 } });
});

test('points that come one by one thin to the same rows', () => {
  const series = makeSeries();
  for (let iteration = 1; iteration <= 1000; iteration++) series.push([point(iteration)]);
  expect(series.rows()).toEqual(run(1000).rows());
});

test('a figure that was not computed leaves a gap, and a mean only over what was', () => {
  const series = makeSeries();
  series.push([point(1, { loss: 3 }), point(2)]);
  expect(series.rows().map(({ values }) => values.loss)).toEqual([3, null]);
  expect(series.rows(2).map(({ values }) => values.loss)).toEqual([3]);
});

test('iterations that are done again take the place of those that were undone', () => {
  const series = run(30);
  series.push([point(26, { size: 500 }), point(27, { size: 501 })]);
  const rows = series.rows();
  expect(rows.map(({ first }) => first)).toEqual(Array.from({ length: 27 }, (_, i) => i + 1));
  expect(rows.slice(-3).map(({ values }) => values.size)).toEqual([25, 500, 501]);
});

test('arms share the coarser rows, each under its own key', () => {
  const rows = chartRows(
    new Map([
      ['long', run(1000)],
      ['short', run(5, 3)],
    ]),
  );
  const [long, short] = [curveKey('long', 'size'), curveKey('short', 'size')];
  expect(rows[0]).toMatchObject({ first: 1, last: 4, values: { [long]: 2.5, [short]: 3.5 } });
  expect(rows[1]).toMatchObject({ first: 5, last: 8, values: { [long]: 6.5, [short]: 6 } });
  expect(rows[2]?.values[short]).toBeUndefined();
  expect(rows.map(({ x }) => x)).toEqual(rows.map(({ x }) => x).sort((a, b) => a - b));
});

test('measurements before the first iteration and far apart keep their places', () => {
  const series = makeSeries();
  series.push([point(0), point(25), point(50)]);
  expect(chartRows(new Map([['arm', series]])).map(({ x }) => x)).toEqual([0, 25, 50]);
});

test('a row says which iterations it stands for', () => {
  expect(iterationsInWords({ x: 7, first: 7, last: 7, values: {} })).toBe('Iteration 7');
  expect(iterationsInWords({ x: 6.5, first: 5, last: 8, values: {} })).toBe(
    'Mean of iterations 5 to 8',
  );
});

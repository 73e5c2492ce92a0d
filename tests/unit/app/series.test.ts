import { expect, test } from 'vitest';
import { chartRows, iterationsInWords } from '../../../src/app/lab/rows';
import { Series } from '../../../src/app/lab/series';
import type { MetricsPoint } from '../../../src/worker/protocol';

const point = (iteration: number, part: Partial<MetricsPoint> = {}): MetricsPoint => ({
  iteration,
  caNorm: 1,
  dmNorm: null,
  criticLoss: null,
  imageMean: 0,
  imageVariance: iteration,
  ...part,
});

const run = (length: number): Series => {
  const series = new Series();
  series.push(Array.from({ length }, (_, index) => point(index + 1)));
  return series;
};

test('a short run is kept point by point', () => {
  const series = run(3);
  expect(series.width).toBe(1);
  expect(series.rows().map(({ imageVariance }) => imageVariance)).toEqual([1, 2, 3]);
  expect(series.latest?.iteration).toBe(3);
});

test('a long run is thinned to means over equal widths, and nothing is lost', () => {
  const series = run(1000);
  const rows = series.rows();
  expect(series.width).toBe(4);
  expect(rows.length).toBeLessThanOrEqual(300);
  expect(rows[0]).toMatchObject({ first: 1, last: 4, imageVariance: 2.5 });
  expect(rows.at(-1)).toMatchObject({ first: 997, last: 1000, imageVariance: 998.5 });
});

test('points that come one by one thin to the same rows', () => {
  const series = new Series();
  for (let iteration = 1; iteration <= 1000; iteration++) series.push([point(iteration)]);
  expect(series.rows()).toEqual(run(1000).rows());
});

test('a term that was off leaves a gap, and a mean only over what was computed', () => {
  const series = new Series();
  series.push([point(1, { dmNorm: 3 }), point(2)]);
  expect(series.rows().map(({ dmNorm }) => dmNorm)).toEqual([3, null]);
  expect(series.rows(2).map(({ dmNorm }) => dmNorm)).toEqual([3]);
});

test('run and ghost share the coarser rows', () => {
  const ghost = { series: run(1000), changes: [] };
  const rows = chartRows(run(5), ghost);
  expect(rows[0]).toMatchObject({ first: 1, imageVariance: 2.5, ghostVariance: 2.5 });
  expect(rows[1]).toMatchObject({ first: 5, imageVariance: 5, ghostVariance: 6.5 });
  expect(rows[2]).toMatchObject({ first: 9, ghostVariance: 10.5 });
  expect(rows[2]?.imageVariance).toBeUndefined();
  expect(rows.map(({ x }) => x)).toEqual(rows.map(({ x }) => x).sort((a, b) => a - b));
});

test('a row says which iterations it stands for', () => {
  expect(iterationsInWords({ x: 7, first: 7, last: 7 })).toBe('Iteration 7');
  expect(iterationsInWords({ x: 6.5, first: 5, last: 8 })).toBe('Mean of iterations 5 to 8');
});

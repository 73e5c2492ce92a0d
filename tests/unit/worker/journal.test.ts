import { expect, test } from 'vitest';
import type { IterationFigures } from '../../../src/distill/figures';
import { TAU_BINS } from '../../../src/lab/record';
import { Journal } from '../../../src/worker/journal';
import { TauWindow } from '../../../src/worker/tauWindow';

const figures = (iteration: number, taus: IterationFigures['taus'] = {}): IterationFigures => ({
  iteration,
  ...{ caNorm: 1, dmNorm: null, meanVarianceNorm: null, ganNorm: null, updateCosine: null },
  ...{ criticLoss: null, discriminatorLoss: null, discriminatorAccuracy: null },
  ...{ imageMean: 0, imageVariance: 1, taus },
});

test('what is new is told once, arm by arm', () => {
  const journal = new Journal();
  journal.note(
    new Map([
      ['a', figures(1)],
      ['b', figures(1)],
    ]),
  );
  journal.note(new Map([['a', figures(2)]]));
  const news = journal.take();
  expect(news['a']?.points.map(({ iteration }) => iteration)).toEqual([1, 2]);
  expect(news['b']?.points).toHaveLength(1);
  expect(news['a']?.points[0]).not.toHaveProperty('taus');
  expect(journal.take()).toEqual({});
});

test('histograms follow the term, and go with it', () => {
  const journal = new Journal();
  journal.note(new Map([['a', figures(1, { ca: Float32Array.of(0, 0.5, 1) })]]));
  const { ca } = journal.take()['a']?.taus ?? {};
  expect(ca?.[0]).toBe(1);
  expect(ca?.[TAU_BINS / 2]).toBe(1);
  expect(ca?.[TAU_BINS - 1]).toBe(1);
  journal.note(new Map([['a', figures(2)]]));
  expect(journal.take()['a']?.taus).toEqual({});
});

test('a histogram looks back a hundred iterations', () => {
  const window = new TauWindow();
  for (let i = 0; i < 60; i++) window.add(Float32Array.of(0.01));
  for (let i = 0; i < 60; i++) window.add(Float32Array.of(0.99));
  expect(window.counts[0]).toBe(40);
  expect(window.counts.at(-1)).toBe(60);
});

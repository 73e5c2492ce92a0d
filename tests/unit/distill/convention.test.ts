import { describe, expect } from 'vitest';
import { fromConvention, toConvention, type Convention } from '../../../src/flow/convention';
import { expectClose } from '../../support/compare';
import { evaluate, feed } from '../../support/evaluate';
import { test } from '../../support/gpu';

const TAUS = [0.05, 0.3, 0.5, 0.9];
const CLEAN = [0.4, -0.7, 0.2, 1];
const NOISE = [1.3, 0.6, -2, -0.1];
const at = (values: readonly number[], index: number) => values[index] ?? NaN;
const x = TAUS.map((tau, i) => tau * at(CLEAN, i) + (1 - tau) * at(NOISE, i));

/** Each sample has one value. */
const inputs = () => ({ x: feed([4, 1], x), tau: feed([4], TAUS) });

describe('another convention', () => {
  test('of sigmas is given x + sigma eps, and answers in noise', async ({ gpu }) => {
    const convention: Convention = { prediction: 'noise', time: { kind: 'sigma' } };
    const [given, feeds] = [inputs(), feed([4, 1], NOISE)];
    const asked = toConvention(convention, given.x.tensor, given.tau.tensor);
    const heard = fromConvention(convention, feeds.tensor, given.x.tensor, given.tau.tensor);
    const [samples, times, velocity] = await evaluate(
      gpu,
      [asked.x, asked.t, heard],
      [given.x, given.tau, feeds],
    );
    const sigmas = TAUS.map((tau) => (1 - tau) / tau);
    expectClose('sigma', times ?? [], sigmas, { relative: 1e-5 });
    const mixed = sigmas.map((sigma, i) => at(CLEAN, i) + sigma * at(NOISE, i));
    expectClose('samples', samples ?? [], mixed, { relative: 1e-5 });
    const wanted = CLEAN.map((clean, i) => clean - at(NOISE, i));
    expectClose('velocity', velocity ?? [], wanted, { relative: 1e-4 });
  });

  test('that preserves variance is given the time of its own signal-to-noise ratio', async ({
    gpu,
  }) => {
    const [betaMin, betaMax, scale] = [0.1, 20, 1000];
    const convention: Convention = {
      prediction: 'clean',
      time: { kind: 'variancePreserving', betaMin, betaMax, scale },
    };
    const [given, feeds] = [inputs(), feed([4, 1], CLEAN)];
    const asked = toConvention(convention, given.x.tensor, given.tau.tensor);
    const heard = fromConvention(convention, feeds.tensor, given.x.tensor, given.tau.tensor);
    const [samples = [], times = [], velocity] = await evaluate(
      gpu,
      [asked.x, asked.t, heard],
      [given.x, given.tau, feeds],
    );
    // The schedule itself says what the network expects at the times that it is told.
    const mixed = [...times].map((time, i) => {
      const s = time / scale;
      const a = Math.exp(-(betaMin * s + ((betaMax - betaMin) * s * s) / 2));
      return Math.sqrt(a) * at(CLEAN, i) + Math.sqrt(1 - a) * at(NOISE, i);
    });
    expectClose('samples', samples, mixed, { relative: 1e-4 });
    expect(times.every((time) => time > 0 && time < scale)).toBe(true);
    const wanted = CLEAN.map((clean, i) => clean - at(NOISE, i));
    expectClose('velocity', velocity ?? [], wanted, { relative: 1e-4 });
  });
});

import { describe, expect } from 'vitest';
import type { Gpu } from '../../../../src/gpu/gpu';
import type { KernelChoice } from '../../../../src/graph/kernel';
import { inSinglePrecision } from '../../../../src/graph/variants';
import type { ArmConfigInput } from '../../../../src/lab/config';
import type { MixtureLab } from '../../../../src/lab/mixture/mixtureLab';
import type { MixtureFigures } from '../../../../src/lab/mixture/picture';
import { test } from '../../../support/gpu';
import { SHORT_FIT, settings, terms, train, withMixtureLab } from '../../../support/mixtureLab';
import { HALF_CHOICES } from '../../../support/optionalKernels';

/** What the paper says of the terms, in the plane, with the page's defaults and two blobs a class. */

const LOOK = { tau: 0.5, arrows: 'grid', class: null } as const;
const OWN_SPREAD = Math.SQRT2;

const figuresAfter = async (lab: MixtureLab, iterations: number): Promise<MixtureFigures> => {
  await train(lab, iterations);
  expect(lab.halt).toBeUndefined();
  return (await lab.picture(LOOK)).figures;
};

/** Nearly the page's fit: a critic that starts badly shields badly. */
const FIT = { steps: 300, batch: 256, learningRate: 6e-3 };

const trained = (
  gpu: Gpu,
  on: ArmConfigInput['terms'],
  iterations: number,
  fit = SHORT_FIT,
  choice?: KernelChoice,
) =>
  withMixtureLab(gpu, { terms: on ?? {} }, (lab) => figuresAfter(lab, iterations), { fit }, choice);

describe('a one-step student of points', () => {
  test('DM alone brings it to the mixture', async ({ gpu }) => {
    await withMixtureLab(gpu, { terms: terms('dm') }, async (lab) => {
      const { figures: before } = await lab.picture(LOOK);
      const after = await figuresAfter(lab, 200);
      expect(after.divergence).toBeLessThan(0.15 * before.divergence);
      expect(Math.abs(after.spread - OWN_SPREAD)).toBeLessThan(0.2);
      // A continuous map of one noise leaves a bridge between two blobs.
      expect(after.divergence).toBeGreaterThan(after.divergenceFloor);
    });
  });

  test('CA alone drives it apart; DM switched on brings it back', async ({ gpu }) => {
    await withMixtureLab(gpu, { terms: terms('ca') }, async (lab) => {
      const { figures: before } = await lab.picture(LOOK);
      const driven = await figuresAfter(lab, 150);
      expect(driven.spread).toBeGreaterThan(2 * OWN_SPREAD);
      expect(driven.divergence).toBeGreaterThan(before.divergence);
      const further = await figuresAfter(lab, 50);
      expect(further.spread).toBeGreaterThan(driven.spread);
      await lab.configure(settings({ terms: terms('ca', 'dm') }));
      const back = await figuresAfter(lab, 200);
      expect(back.spread).toBeLessThan(1.4 * OWN_SPREAD);
      expect(back.divergence).toBeLessThan(0.2 * driven.divergence);
    });
  });

  test('mean-variance holds CA too, but DM comes nearer', async ({ gpu }) => {
    const held = await trained(gpu, terms('ca', 'meanVariance'), 300, FIT);
    expect(held.spread).toBeLessThan(1.4 * OWN_SPREAD);
    const shielded = await trained(gpu, terms('ca', 'dm'), 300, FIT);
    expect(shielded.spread).toBeLessThan(1.4 * OWN_SPREAD);
    expect(shielded.divergence).toBeLessThan(0.8 * held.divergence);
  });

  test('a GAN trains beside CA', async ({ gpu }) => {
    const figures = await trained(gpu, terms('ca', 'gan'), 150);
    expect(figures.ganNorm).toBeGreaterThan(0);
    expect(figures.dmNorm).toBeNull();
    expect(figures.criticLoss).toBeNull();
    expect(figures.spread).toBeLessThan(3 * OWN_SPREAD);
    expect(Number.isFinite(figures.divergence)).toBe(true);
  });
});

/** What the arms of E1 come to, CA alone, DM alone and both. */
const arms = async (gpu: Gpu, choice: KernelChoice) => ({
  ca: await trained(gpu, terms('ca'), 150, FIT, choice),
  dm: await trained(gpu, terms('dm'), 150, FIT, choice),
  both: await trained(gpu, terms('ca', 'dm'), 150, FIT, choice),
});

/** The arms from the least spread to the most. */
const order = (figures: Awaited<ReturnType<typeof arms>>): string[] =>
  Object.entries(figures)
    .sort(([, a], [, b]) => a.spread - b.spread)
    .map(([name]) => name);

/** A software adapter that has compiled nothing yet takes a minute to do so. */
const options = { timeout: 300_000 };

// Declared where the adapter has half precision.
for (const choice of HALF_CHOICES) {
  describe('in half precision', () => {
    test('CA alone runs away and DM holds it, as in single', options, async ({ gpu }) => {
      const half = await arms(gpu, choice);
      expect(half.ca.spread).toBeGreaterThan(2 * OWN_SPREAD);
      expect(half.both.spread).toBeLessThan(1.4 * OWN_SPREAD);
      expect(half.both.divergence).toBeLessThan(0.2 * half.ca.divergence);
      const single = await arms(gpu, inSinglePrecision(choice));
      expect(order(half)).toEqual(order(single));
      for (const arm of ['ca', 'dm', 'both'] as const) {
        expect(half[arm].spread / single[arm].spread, arm).toBeCloseTo(1, 1);
      }
    });
  });
}

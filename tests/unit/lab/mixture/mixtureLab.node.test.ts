import { describe, expect } from 'vitest';
import { mixtureVelocity } from '../../../reference/mixture';
import { expectClose } from '../../../support/compare';
import { sharedEngine, SOFTWARE_CHOICE } from '../../../support/evaluate';
import { test } from '../../../support/gpu';
import { settings, terms, train, withMixtureLab } from '../../../support/mixtureLab';
import { CORNERS } from '../../../support/mixtures';

const QUICK = { fit: { steps: 20, batch: 64, learningRate: 6e-3 }, batch: 16 };
const GRID = { tau: 0.4, arrows: 'grid', class: null } as const;

describe('a picture', () => {
  test('is the same until it trains, and its points keep their order', async ({ gpu }) => {
    await withMixtureLab(
      gpu,
      {},
      async (lab) => {
        const first = await lab.picture(GRID);
        expect(await lab.picture(GRID)).toEqual(first);
        expect(first.points).toHaveLength(2048);
        expect(first.classes).toHaveLength(1024);
        expect(new Set(first.classes)).toEqual(new Set([0, 1]));
        // Another class changes the points of the other one only, and no figure.
        const second = await lab.picture({ ...GRID, class: 1 });
        expect(second.figures).toEqual(first.figures);
        expect(new Set(second.classes)).toEqual(new Set([1]));
        first.classes.forEach((own, i) => {
          const same = first.points[2 * i] === second.points[2 * i];
          expect(same).toBe(own === 1);
        });
        await train(lab, 3);
        const trained = await lab.picture(GRID);
        expect(trained.figures.iteration).toBe(3);
        expect(trained.figures.caNorm).toBeGreaterThan(0);
        expect(trained.points).not.toEqual(first.points);
        expect(trained.classes).toEqual(first.classes);
      },
      QUICK,
    );
  });

  test('renoises to its tau: the points at 1, one noise at 0, in between by the formula', async ({
    gpu,
  }) => {
    await withMixtureLab(
      gpu,
      {},
      async (lab) => {
        const at = (tau: number) => lab.picture({ ...GRID, tau });
        const [noise, half, clean] = [await at(0), await at(0.25), await at(1)];
        expect(clean.renoised).toEqual(clean.points);
        const expected = half.points.map((x, i) => 0.25 * x + 0.75 * (noise.renoised[i] ?? NaN));
        expectClose('renoised', half.renoised, expected, { relative: 1e-6 });
        const square = noise.renoised.reduce((sum, value) => sum + value * value, 0) / 2048;
        expect(Math.abs(square - 1)).toBeLessThan(0.15);
      },
      QUICK,
    );
  });

  test('has the arrows of CA by the exact teacher, on the grid and at points', async ({ gpu }) => {
    await withMixtureLab(
      gpu,
      { guidanceScale: 3, student: { steps: 2 } },
      async (lab) => {
        const grid = await lab.picture({ tau: 0.4, arrows: 'grid', class: 1 });
        expect(grid.arrows.at).toHaveLength(2 * 441);
        expect([...grid.arrows.at.slice(0, 2)]).toEqual([-3.5, -3.5]);
        const samples = await lab.picture({ tau: 0.7, arrows: 'samples', class: null });
        expect(samples.arrows.at).toEqual(samples.points.slice(0, 512));
        const byFormula = (
          x: ArrayLike<number>,
          count: number,
          tau: number,
          row: (i: number) => number,
        ) =>
          Array.from({ length: count }, (_, i) => {
            const at = [x[2 * i] ?? NaN, x[2 * i + 1] ?? NaN] as const;
            const cond = mixtureVelocity(CORNERS, row(i), at, tau);
            const uncond = mixtureVelocity(CORNERS, 2, at, tau);
            return [0, 1].map(
              (axis) => 2 * (1 - tau) * ((cond[axis] ?? NaN) - (uncond[axis] ?? NaN)),
            );
          }).flat();
        const tolerance = { relative: 1e-4 };
        const onGrid = byFormula(grid.arrows.at, 441, 0.4, () => 1);
        expectClose('CA on the grid', grid.arrows.ca, onGrid, tolerance);
        const atPoints = byFormula(samples.renoised, 256, 0.7, (i) => samples.classes[i] ?? NaN);
        expectClose('CA at points', samples.arrows.ca, atPoints, tolerance);
        expect(grid.arrows.dm).toHaveLength(2 * 441);
        expect(samples.arrows.dm).toHaveLength(512);
      },
      QUICK,
    );
  });

  test('has no arrows of DM without a critic, and has them with an observer', async ({ gpu }) => {
    await withMixtureLab(
      gpu,
      { terms: terms('ca') },
      async (lab) => {
        expect((await lab.picture(GRID)).arrows.dm).toBeNull();
        await lab.configure(settings({ terms: terms('ca'), critic: { observer: true } }));
        expect((await lab.picture(GRID)).arrows.dm).toHaveLength(2 * 441);
      },
      QUICK,
    );
  });
});

describe('a lab of points', () => {
  test('changes its number of steps and its terms while it trains', async ({ gpu }) => {
    await withMixtureLab(
      gpu,
      { terms: terms('ca', 'dm', 'meanVariance', 'gan') },
      async (lab) => {
        await train(lab, 1);
        for (const steps of [4, 2]) {
          await lab.configure(settings({ student: { steps }, terms: terms('dm') }));
          await train(lab, 4);
        }
        const { figures } = await lab.picture(GRID);
        expect(figures).toMatchObject({ iteration: 9, caNorm: null, ganNorm: null });
        expect(figures.dmNorm).toBeGreaterThan(0);
      },
      QUICK,
    );
  });

  test('halts where numbers end, and goes on from its last good state', async ({ gpu }) => {
    await withMixtureLab(
      gpu,
      {},
      async (lab) => {
        const calm = await lab.picture(GRID);
        const wild = { learningRate: 1 };
        await lab.configure(
          settings({ student: wild, normalise: false, terms: { ca: { weight: 100 } } }),
        );
        await train(lab, 40);
        expect(lab.halt?.reason).not.toBe('');
        expect(lab.halt?.advice).toContain('learning rate');
        expect(lab.iteration).toBe(0);
        expect(await lab.iterate()).toBeNull();
        expect((await lab.picture(GRID)).points).toEqual(calm.points);
        await lab.configure(settings());
        expect(lab.halt).toBeUndefined();
        await train(lab, 2);
        expect(lab.iteration).toBe(2);
      },
      QUICK,
    );
  });

  test('frees what it held', async ({ gpu }) => {
    const engine = sharedEngine(gpu, SOFTWARE_CHOICE);
    const before = engine.memory.bytes;
    await withMixtureLab(gpu, {}, (lab) => train(lab, 1), QUICK);
    expect(engine.memory.bytes).toBe(before);
  });
});

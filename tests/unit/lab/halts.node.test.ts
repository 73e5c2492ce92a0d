import { describe, expect } from 'vitest';
import { KEEP_EVERY } from '../../../src/lab/arm';
import { allFinite, haltReason, RUNAWAY_VARIANCE } from '../../../src/lab/halts';
import { readCheckpoint, writeCheckpoint } from '../../../src/lab/checkpoint';
import { Lab } from '../../../src/lab/lab';
import { test } from '../../support/gpu';
import { figureRow } from '../../support/records';
import {
  armSpec,
  CA_DM,
  CA_ONLY,
  runRounds,
  stateOf,
  tinyLab,
  tinyMaterial,
} from '../../support/tinyLab';

const POISON = { ...CA_DM, student: { learningRate: 1 } };
const FIGURES = { ...figureRow(1, { caNorm: 1 }), taus: {} };

describe('figures', () => {
  test('end a run when they are not finite, or the images ran away', () => {
    expect(haltReason(FIGURES)).toBeNull();
    expect(haltReason({ ...FIGURES, criticLoss: NaN })?.reason).toContain('finite');
    expect(haltReason({ ...FIGURES, caNorm: Infinity })?.reason).toContain('finite');
    expect(haltReason({ ...FIGURES, imageVariance: RUNAWAY_VARIANCE })).toBeNull();
    const runaway = haltReason({ ...FIGURES, imageVariance: 2 * RUNAWAY_VARIANCE });
    expect(runaway?.reason).toContain('2.00e+4');
    expect(runaway?.advice).toContain('learning rate');
  });
});

describe('an arm that goes astray', () => {
  test('halts with its last good state; the others go on as if it had never been', async ({
    gpu,
  }) => {
    const rounds = 8;
    const solo = await tinyLab(gpu, { good: CA_DM });
    const alone = await runRounds(solo, rounds);
    const lab = await tinyLab(gpu, { bad: POISON, good: CA_DM });
    const begun = await stateOf(lab, 'bad');
    // Two rounds under way at once, as when training.
    const beside = [];
    let pending = lab.iterate();
    for (let round = 0; round < rounds; round++) {
      const next = round + 1 < rounds ? lab.iterate() : undefined;
      beside.push(await pending);
      if (next) pending = next;
    }
    expect(beside.map((round) => round.get('good'))).toEqual(alone.get('good'));
    expect(await stateOf(lab, 'good')).toEqual(await stateOf(solo, 'good'));

    const [bad, good] = lab.arms;
    expect(good?.status).toBe('training');
    expect(bad?.status).toBe('halted');
    expect(bad?.halt?.iteration).toBeGreaterThan(0);
    expect(bad?.halt?.reason).not.toBe('');
    expect(beside.at(-1)?.has('bad')).toBe(false);
    // Its last good state is the one that it began with.
    expect(bad?.iteration).toBe(0);
    expect(await stateOf(lab, 'bad')).toEqual(begun);
    expect(lab.record().arms[0]?.halt).toEqual(bad?.halt);
    await solo.destroy();

    // A halted arm is kept as one, and with other settings it goes on.
    const kept = readCheckpoint(writeCheckpoint(await lab.checkpoint()));
    await lab.destroy();
    const restored = await Lab.restore(tinyMaterial(gpu), kept);
    expect(restored.arms[0]).toEqual(bad);
    expect((await restored.iterate()).has('bad')).toBe(false);
    restored.renameArm('bad', 'Astray');
    expect(restored.record().arms[0]).toMatchObject({ name: 'Astray', status: 'halted' });
    await restored.configureArm('bad', armSpec('bad', CA_DM).config);
    expect(restored.arms[0]?.status).toBe('training');
    expect(restored.record().arms[0]?.figures).toEqual([]);
    const again = await runRounds(restored, 2);
    expect(again.get('bad')).toEqual(alone.get('good')?.slice(0, 2));
    const { tensors } = (await stateOf(restored, 'bad')) ?? {};
    expect([...(tensors?.values() ?? [])].every(allFinite)).toBe(true);
    await restored.destroy();
  });

  test('returns to the state that was kept last, and keeps the record of how it ended', async ({
    gpu,
  }) => {
    const lab = await tinyLab(gpu, { a: CA_ONLY });
    await runRounds(lab, KEEP_EVERY);
    const kept = await stateOf(lab, 'a');
    await runRounds(lab, 1);
    await lab.configureArm('a', armSpec('a', { ...CA_ONLY, student: POISON.student }).config);
    while (lab.arms[0]?.status === 'training') await lab.iterate();
    expect(lab.arms[0]?.iteration).toBe(KEEP_EVERY);
    expect(await stateOf(lab, 'a')).toEqual(kept);
    const { halt, figures } = lab.record().arms[0] ?? {};
    expect(halt?.iteration).toBeGreaterThan(KEEP_EVERY + 1);
    expect(figures?.map(({ iteration }) => iteration)).toEqual(
      Array.from({ length: (halt?.iteration ?? 0) - 1 }, (_, index) => index + 1),
    );
    // A copy begins there too, without what came after.
    await lab.addArm(armSpec('b', CA_ONLY), 'a');
    expect(lab.arms[1]).toMatchObject({ iteration: KEEP_EVERY, status: 'training' });
    expect(lab.record().arms[1]?.figures).toHaveLength(KEEP_EVERY);
    await lab.destroy();
  });
});

import { describe, expect, test } from 'vitest';
import { seen, tooEarly, notSeen, type Claim, type Verdict } from '../../../src/lab/claims/claim';
import { judgeOverSeeds } from '../../../src/lab/claims/overSeeds';
import { MergeError, mergeRecords } from '../../../src/lab/merge';
import { spreadOf, summarise } from '../../../src/lab/summarise';
import { evaluationRow, runRecord } from '../../support/records';

describe('a claim over seeds', () => {
  const bySeed = (...verdicts: Verdict[]) => {
    const claim: Claim = {
      id: 'c',
      says: 'It is so.',
      judge: ({ config }) => verdicts[config.seed] ?? tooEarly(''),
    };
    return judgeOverSeeds(
      claim,
      verdicts.map((_, seed) => runRecord([{ id: 'a', variances: [] }], { seed })),
    );
  };

  test('counts the seeds that show it', () => {
    const two = bySeed(seen('x'), notSeen('y'), seen('z'));
    expect(two).toMatchObject({ state: 'mixed', summary: 'seen in 2 of 3 seeds' });
    expect(two.verdicts.map(({ seed }) => seed)).toEqual([0, 1, 2]);
    expect(bySeed(seen(''), seen(''))).toMatchObject({
      state: 'seen',
      summary: 'seen in 2 of 2 seeds',
    });
    expect(bySeed(notSeen(''), notSeen(''))).toMatchObject({
      state: 'not seen',
      summary: 'seen in none of 2 seeds',
    });
  });

  test('keeps apart what cannot be said yet', () => {
    expect(bySeed(seen(''), tooEarly(''))).toMatchObject({
      state: 'seen',
      summary: 'seen in 1 of 2 seeds, too early in 1',
    });
    expect(bySeed(tooEarly(''), tooEarly(''))).toMatchObject({
      state: 'too early',
      summary: 'too early',
    });
    expect(bySeed(notSeen(''))).toMatchObject({ state: 'not seen', summary: 'not seen' });
  });
});

describe('mean and spread over seeds', () => {
  test('is the sample standard deviation, and none of one value', () => {
    expect(spreadOf([1, 2, 3])).toEqual({ mean: 2, deviation: 1, n: 3 });
    expect(spreadOf([2, 4])).toEqual({ mean: 3, deviation: Math.SQRT2, n: 2 });
    expect(spreadOf([5])).toEqual({ mean: 5, deviation: null, n: 1 });
  });

  test('is given for every arm, quantity and iteration', () => {
    const record = (seed: number, variance: number, meanAccuracy: number | null) =>
      runRecord(
        [
          {
            id: 'a',
            name: 'Arm',
            variances: [variance, 2 * variance],
            evaluations: [evaluationRow(2, { meanAccuracy, accuracy: { hat: seed } })],
          },
        ],
        { seed },
      );
    const [arm, none] = summarise([record(1, 1, 0.5), record(2, 3, null)]);
    expect(none).toBeUndefined();
    expect(arm).toMatchObject({ id: 'a', name: 'Arm' });
    expect(arm?.series.get('imageVariance')).toEqual([
      { iteration: 1, mean: 2, deviation: Math.SQRT2, n: 2 },
      { iteration: 2, mean: 4, deviation: 2 * Math.SQRT2, n: 2 },
    ]);
    expect(arm?.series.get('meanAccuracy')).toEqual([
      { iteration: 2, mean: 0.5, deviation: null, n: 1 },
    ]);
    expect(arm?.series.get('accuracy.hat')?.[0]?.mean).toBe(1.5);
    expect(arm?.series.get('spectrum.0')?.[0]?.mean).toBe(0.2);
    // Nothing computed the norm of CA.
    expect(arm?.series.has('caNorm')).toBe(false);
  });
});

describe('merging records', () => {
  const part = (seed: number, ...ids: string[]) =>
    runRecord(
      ids.map((id) => ({ id, variances: [seed, id.length] })),
      { seed },
    );

  test('joins the arms of a seed in the order asked for, and sorts seeds', () => {
    const merged = mergeRecords(
      [part(2, 'c'), part(1, 'b'), part(2, 'a', 'b'), part(1, 'c', 'a')],
      ['a', 'b', 'c'],
    );
    expect(merged).toEqual([part(1, 'a', 'b', 'c'), part(2, 'a', 'b', 'c')]);
  });

  test('takes an arm that two records hold alike once', () => {
    expect(mergeRecords([part(1, 'a'), part(1, 'a', 'b')])).toEqual([part(1, 'a', 'b')]);
  });

  test('names both machines', () => {
    const [merged] = mergeRecords([
      { ...part(1, 'a'), adapter: 'one' },
      { ...part(1, 'b'), adapter: 'two' },
    ]);
    expect(merged?.adapter).toBe('one and two');
  });

  const refused = (other: Parameters<typeof mergeRecords>[0][number], message: string | RegExp) => {
    expect(() => mergeRecords([part(1, 'a'), other])).toThrow(MergeError);
    expect(() => mergeRecords([part(1, 'a'), other])).toThrow(message);
  };

  test('refuses records of different runs, and says what differs', () => {
    refused({ ...part(2, 'b'), teacher: { id: 'none', sha256: 'ff' } }, /teacher is "00".*"ff"/);
    refused({ ...part(2, 'b'), experiment: 'e1' }, /experiment is null in one and "e1"/);
    refused(runRecord([{ id: 'b', variances: [] }], { seed: 1, batch: 3 }), /batch is 64.* 3 /);
    const often = { ...part(1, 'a').evaluation, every: 1 };
    refused({ ...part(2, 'b'), evaluation: often }, /evaluation/);
  });

  test('refuses an arm with other settings in another seed', () => {
    const other = part(2, 'a');
    const [arm] = other.arms;
    if (!arm) throw new Error('no arm');
    const config = { ...arm.config, normalise: !arm.config.normalise };
    refused({ ...other, arms: [{ ...arm, config }] }, 'Arm "a" (a) has other settings');
  });

  test('refuses two different runs of one arm and seed', () => {
    const other = runRecord([{ id: 'a', variances: [9] }], { seed: 1 });
    refused(other, 'Arm "a" of seed 1 is in two records that differ.');
  });

  test('refuses nothing at all', () => {
    expect(() => mergeRecords([])).toThrow(MergeError);
  });
});

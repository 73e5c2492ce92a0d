import { describe, expect, test } from 'vitest';
import type { Claim, Verdict } from '../../../src/lab/claims/claim';
import { endsBelowItsStart } from '../../../src/lab/claims/collapse';
import { ordering } from '../../../src/lab/claims/compare';
import { fallsBack } from '../../../src/lab/claims/fallsBack';
import { ACCURACY, DETAIL_SHARE, FRECHET_GUIDED } from '../../../src/lab/claims/metric';
import { nearer } from '../../../src/lab/claims/nearer';
import { partMeans, windowMeans } from '../../../src/lab/claims/series';
import { runsAway, staysBounded } from '../../../src/lab/claims/variance';
import { preferred, ties, wilson, winRate } from '../../../src/lab/claims/votes';
import { evaluationRow, runRecord, series, type SyntheticArm } from '../../support/records';

const A = { id: 'a', name: 'A' };
const B = { id: 'b', name: 'B' };
const C = { id: 'c', name: 'C' };

const judge = (claim: Claim, ...arms: SyntheticArm[]): Verdict => claim.judge(runRecord(arms));

/** An arm that was evaluated at 0, 50 and 100 with these accuracies, and trained 100 iterations. */
const measured = (id: string, accuracies: readonly number[], arm: Partial<SyntheticArm> = {}) => ({
  id,
  variances: series(100, () => 0.25),
  evaluations: accuracies.map((meanAccuracy, index) => evaluationRow(50 * index, { meanAccuracy })),
  ...arm,
});

describe('means of series', () => {
  test('windows leave a rest out, parts take it first', () => {
    expect(windowMeans([1, 3, 5, 7, 100], 2)).toEqual([2, 6]);
    expect(partMeans([1, 2, 3, 4, 5], 2)).toEqual([2, 4.5]);
    expect(partMeans([1, 2], 3)).toEqual([]);
  });
});

describe('an arm that runs away', () => {
  const claim = runsAway(A);

  test('is seen when every fifth of the run is above the one before', () => {
    const verdict = judge(claim, { id: 'a', variances: series(100, (i) => 0.2 + 0.01 * i) });
    expect(verdict.state).toBe('seen');
    // Means of the first and last ten: 0.2 + 0.01 * 4.5 and 0.2 + 0.01 * 94.5.
    expect(verdict.figures).toContain('Variance of A went from 0.245 to 1.15');
  });

  test('is not seen when one fifth falls back', () => {
    const up = series(100, (i) => (i < 60 || i >= 80 ? 0.2 + 0.01 * i : 0.1));
    expect(judge(claim, { id: 'a', variances: up }).state).toBe('not seen');
  });

  test('says nothing before 50 iterations', () => {
    const verdict = judge(claim, { id: 'a', variances: series(49, (i) => i) });
    expect(verdict).toEqual({ state: 'too early', figures: 'A has done 49 of 50 iterations.' });
  });

  test('says nothing without the arm', () => {
    expect(judge(claim, { id: 'b', variances: [1] })).toEqual({
      state: 'too early',
      figures: 'The record has no arm "A".',
    });
  });

  test('is seen when the arm was halted after growing, however early, and only then', () => {
    const grown = { id: 'a', variances: series(20, (i) => 10 ** i), halted: 'ran away' };
    expect(judge(claim, grown).state).toBe('seen');
    expect(judge(claim, grown).figures).toContain('halted at iteration 21: ran away.');
    const flat = { id: 'a', variances: series(20, () => 0.2), halted: 'no numbers' };
    expect(judge(claim, flat).state).toBe('not seen');
  });
});

describe('an arm that stays bounded', () => {
  const claim = staysBounded(A);

  test('is seen within a factor of two, the first fifth apart', () => {
    const settles = series(100, (i) => (i < 20 ? 5 : i < 60 ? 0.3 : 0.6));
    expect(judge(claim, { id: 'a', variances: settles })).toEqual({
      state: 'seen',
      figures: 'Variance of A stayed within 0.3 to 0.6.',
    });
  });

  test('is not seen beyond it', () => {
    const drifts = series(100, (i) => (i < 60 ? 0.3 : 0.61));
    expect(judge(claim, { id: 'a', variances: drifts })).toEqual({
      state: 'not seen',
      figures: 'Variance of A ranged from 0.3 to 0.61.',
    });
  });

  test('is not seen of a halted arm', () => {
    const halted = { id: 'a', variances: series(10, () => 0.2), halted: 'no numbers' };
    expect(judge(claim, halted).state).toBe('not seen');
  });

  test('says nothing too early or without the arm', () => {
    expect(judge(claim, { id: 'a', variances: [0.2] }).state).toBe('too early');
    expect(judge(claim, { id: 'b', variances: [0.2] }).state).toBe('too early');
  });
});

describe('an ordering of arms', () => {
  const claim = ordering({
    id: 'better',
    says: 'A is better',
    these: [A],
    those: [B, C],
    metrics: [{ metric: ACCURACY, order: 'higher' }],
    least: 100,
  });
  const rest = [measured('b', [0.5, 0.6, 0.7]), measured('c', [0.5, 0.5, 0.5])];

  test('is seen when the mean of the last evaluations is above all others', () => {
    const verdict = judge(claim, measured('a', [0.5, 0.6, 0.8]), ...rest);
    expect(verdict.state).toBe('seen');
    // Iteration 0 is before training; (0.6 + 0.8) / 2 and (0.6 + 0.7) / 2.
    expect(verdict.figures).toBe('Prompt accuracy at iterations 50 to 100: A 0.7, B 0.65, C 0.5.');
  });

  test('is not seen when one of the others is as good', () => {
    expect(judge(claim, measured('a', [0.9, 0.6, 0.7]), ...rest).state).toBe('not seen');
  });

  test('needs every metric to agree', () => {
    const both = ordering({
      id: 'both',
      says: 'A is better',
      these: [A],
      those: [B],
      metrics: [
        { metric: ACCURACY, order: 'higher' },
        { metric: FRECHET_GUIDED, order: 'lower' },
      ],
      least: 50,
    });
    const at = (meanAccuracy: number, frechetGuided: number) => [
      evaluationRow(50, { meanAccuracy, frechetGuided }),
    ];
    const a = { id: 'a', variances: [1], evaluations: at(0.9, 100) };
    const b = { id: 'b', variances: [1], evaluations: at(0.8, 200) };
    expect(judge(both, a, b).state).toBe('seen');
    expect(judge(both, a, { ...b, evaluations: at(0.8, 50) }).state).toBe('not seen');
  });

  test('compares only at iterations at which all arms were evaluated', () => {
    const [b, c] = rest;
    if (!b || !c) throw new Error('no arms');
    const ahead = measured('a', [0.5, 0.9, 0.1, 0.1], {
      evaluations: [50, 100, 150].map((iteration) =>
        evaluationRow(iteration, { meanAccuracy: iteration > 100 ? 0 : 0.9 }),
      ),
    });
    expect(judge(claim, ahead, b, c).state).toBe('seen');
  });

  test('says nothing before its iterations, without evaluations or without an arm', () => {
    const early = rest.map((arm) => ({ ...arm, evaluations: arm.evaluations.slice(0, 2) }));
    expect(judge(claim, measured('a', [0.5, 0.9]), ...early).state).toBe('too early');
    const unmeasured = rest.map((arm) => ({ ...arm, evaluations: [] }));
    expect(judge(claim, measured('a', [0.5, 0.9, 0.9]), ...unmeasured).state).toBe('too early');
    expect(judge(claim, measured('a', [0.5, 0.9, 0.9])).state).toBe('too early');
  });

  test('is not seen when the better arm was halted; another is compared before its halt', () => {
    const halted = { halted: 'ran away' };
    expect(judge(claim, measured('a', [0.5, 0.9, 0.9], halted), ...rest).state).toBe('not seen');
    const lost = measured('b', [0.5, 0.6], { ...halted, variances: series(60, () => 1) });
    const verdict = judge(claim, measured('a', [0.5, 0.9, 0.1]), lost, measured('c', [0, 0, 0]));
    expect(verdict.state).toBe('seen');
    expect(verdict.figures).toContain('at iteration 50: A 0.9, B 0.6');
  });
});

describe('an arm that is nearer to one than to another', () => {
  const claim = nearer({
    id: 'near',
    says: 'A is like B',
    arm: A,
    to: B,
    than: C,
    metric: ACCURACY,
    least: 50,
  });
  const arms = (b: number, c: number) => [
    measured('a', [0, 0.5]),
    measured('b', [0, b]),
    measured('c', [0, c]),
  ];

  test('is seen, not seen, too early', () => {
    expect(judge(claim, ...arms(0.4, 0.7)).state).toBe('seen');
    expect(judge(claim, ...arms(0.4, 0.55)).state).toBe('not seen');
    expect(judge(claim, ...arms(0.4, 0.7).slice(0, 2)).state).toBe('too early');
  });
});

describe('an arm that collapses', () => {
  const claim = endsBelowItsStart({
    id: 'collapse',
    says: 'A collapses',
    arm: A,
    metric: ACCURACY,
    least: 100,
  });

  test('is seen when it ends below its start or is halted', () => {
    expect(judge(claim, measured('a', [0.7, 0.6, 0.5])).state).toBe('seen');
    expect(judge(claim, measured('a', [0.7], { halted: 'ran away' })).state).toBe('seen');
  });

  test('is not seen when it ends above', () => {
    const verdict = judge(claim, measured('a', [0.7, 0.7, 0.8]));
    expect(verdict).toEqual({
      state: 'not seen',
      figures: 'Prompt accuracy of A went from 0.7 before training to 0.75.',
    });
  });

  test('says nothing too early, without the arm or without a start', () => {
    expect(judge(claim, measured('a', [0.7, 0.6])).state).toBe('too early');
    expect(judge(claim, measured('b', [0.7, 0.6, 0.5])).state).toBe('too early');
    const late = { evaluations: [evaluationRow(100)] };
    expect(judge(claim, measured('a', [], late)).state).toBe('too early');
  });
});

describe('an arm that falls back from its best', () => {
  const claim = fallsBack({
    id: 'falls',
    says: 'A degrades',
    arm: A,
    than: B,
    metric: ACCURACY,
    least: 100,
  });
  const steady = measured('b', [0, 0.8, 0.8, 0.8, 0.8, 0.8]);

  test('is seen when it falls further than the other', () => {
    const verdict = judge(claim, measured('a', [0, 0.9, 0.9, 0.9, 0.6, 0.6]), steady);
    expect(verdict.state).toBe('seen');
    expect(verdict.figures).toContain('A fell by 0.2 (0.9 to 0.7)');
  });

  test('is not seen when it does not', () => {
    const rising = measured('a', [0, 0.7, 0.7, 0.7, 0.8, 0.9]);
    expect(judge(claim, rising, steady).state).toBe('not seen');
  });

  test('counts a halt of either arm', () => {
    const halted = { halted: 'ran away' };
    expect(judge(claim, measured('a', [], halted), steady).state).toBe('seen');
    expect(judge(claim, measured('a', [0, 0.9]), { ...steady, ...halted }).state).toBe('not seen');
  });

  test('says nothing with too few evaluations, iterations or arms', () => {
    expect(judge(claim, measured('a', [0, 0.9, 0.9]), steady).state).toBe('too early');
    const short = { variances: [1] };
    expect(judge(claim, measured('a', [0, 1, 1, 1], short), steady).state).toBe('too early');
    expect(judge(claim, steady).state).toBe('too early');
  });
});

describe('votes', () => {
  test("Wilson's interval: 8 of 10 wins", () => {
    // (p + z^2/2n +- z sqrt(p q / n + z^2 / 4 n^2)) / (1 + z^2/n) with p = .8, n = 10, z = 1.96.
    const rate = wilson(8, 10);
    expect(rate?.low).toBeCloseTo(0.4902, 4);
    expect(rate?.high).toBeCloseTo(0.9433, 4);
    expect(wilson(0, 0)).toBeNull();
    expect(wilson(0, 5)?.low).toBe(0);
  });

  test("Wilson's interval: 5 of 7 wins, and 30 of 50", () => {
    // p = .714286, n = 7: centre (.714286 + .274390) / 1.548780 = .638357, half .279423.
    expect(wilson(5, 7)?.low).toBeCloseTo(0.3589, 4);
    expect(wilson(5, 7)?.high).toBeCloseTo(0.9178, 4);
    expect(wilson(30, 50)?.low).toBeCloseTo(0.4618, 4);
    expect(wilson(30, 50)?.high).toBeCloseTo(0.7239, 4);
  });

  const vote = (...ranking: string[]) => ({ image: 0, ranking, tie: false });
  const after = (wins: number, losses: number) =>
    runRecord(
      [{ id: 'a', variances: [] }],
      {},
      {
        votes: [
          ...series(wins, () => 0).map(() => vote('a', 'c', 'b')),
          ...series(losses, () => 0).map(() => vote('b', 'a')),
          vote('a', 'c'),
        ],
      },
    );

  test('count only where both arms were ranked', () => {
    expect(winRate(after(3, 1), 'a', 'b')).toMatchObject({ wins: 3, votes: 4, rate: 0.75 });
    expect(winRate(after(3, 1), 'c', 'b')).toMatchObject({ wins: 3, votes: 3 });
    expect(winRate(after(3, 1), 'a', 'd')).toBeNull();
  });

  test('leave ties out, and count them apart', () => {
    const { votes } = after(3, 1);
    const tied = { votes: [...votes, { ...vote('b', 'a'), tie: true }] };
    expect(winRate(tied, 'a', 'b')).toEqual(winRate({ votes }, 'a', 'b'));
    expect([ties(tied, 'a', 'b'), ties(tied, 'b', 'a'), ties(tied, 'a', 'c')]).toEqual([1, 1, 0]);
    expect(winRate({ votes: tied.votes.slice(-1) }, 'a', 'b')).toBeNull();
  });

  test('decide when the whole interval is above half, from 30 on', () => {
    const claim = preferred(A, B);
    expect(claim.judge(after(29, 0))).toEqual({
      state: 'too early',
      figures: '29 of 30 votes between the two.',
    });
    expect(claim.judge(after(25, 5)).state).toBe('seen');
    expect(claim.judge(after(18, 12)).state).toBe('not seen');
    expect(claim.judge(runRecord([{ id: 'a', variances: [] }])).state).toBe('too early');
  });
});

test('the share of fine detail leaves the mean out', () => {
  const spectrum = [9, 1, 1, 1, 0.5, 0.5];
  expect(DETAIL_SHARE.of(evaluationRow(1, { spectrum }))).toBeCloseTo(1 / 4);
  expect(DETAIL_SHARE.of(evaluationRow(1, { spectrum: [1, 0] }))).toBeNull();
});

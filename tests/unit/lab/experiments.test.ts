import { describe, expect, test } from 'vitest';
import { scheduleOf } from '../../../src/distill/presets';
import { distillConfigOf, MOST_ARMS, type ArmConfig } from '../../../src/lab/config';
import { labConfigOf } from '../../../src/lab/experiments/experiment';
import { EXPERIMENTS, findExperiment } from '../../../src/lab/experiments/registry';
import { runRecord } from '../../support/records';

const armsOf = (id: string): Readonly<Record<string, ArmConfig>> => {
  const experiment = findExperiment(id);
  if (!experiment) throw new Error(`no experiment ${id}`);
  return Object.fromEntries(labConfigOf(experiment).arms.map((arm) => [arm.id, arm.config]));
};

const enabled = ({ terms }: ArmConfig): string[] =>
  Object.entries(terms)
    .filter(([, term]) => term.enabled)
    .map(([name]) => name)
    .sort();

describe.each(EXPERIMENTS.map((experiment) => [experiment.id, experiment] as const))(
  '%s',
  (id, experiment) => {
    test('is a lab that can be set up, of as many arms as a lab holds', () => {
      const config = labConfigOf(experiment, { seed: 7, batch: 2 });
      expect(config).toMatchObject({ seed: 7, batch: 2, prompts: 'partial' });
      expect(config.arms.length).toBeLessThanOrEqual(MOST_ARMS);
      expect(findExperiment(id)).toBe(experiment);
    });

    test('has claims by different ids that say nothing of a record without their arms', () => {
      const ids = experiment.claims.map((claim) => claim.id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBeGreaterThan(0);
      for (const claim of experiment.claims) {
        expect(claim.judge(runRecord([{ id: 'other', variances: [] }])).state, claim.id).toBe(
          'too early',
        );
      }
    });

    test('has claims about its own arms only', () => {
      const arms = experiment.lab.arms.map((arm) => ({ id: arm.id, variances: [] }));
      for (const claim of experiment.claims) {
        expect(claim.judge(runRecord(arms)).figures).not.toContain('has no arm');
      }
    });

    test('says where the paper has it and which kind of task this is', () => {
      expect(experiment.paper).toMatch(/Fig|Tab/);
      expect(experiment.note).toContain('between the paper’s simple and complex tasks');
    });
  },
);

test('an experiment may be run with some of its arms', () => {
  const experiment = findExperiment('e1');
  if (!experiment) throw new Error('no e1');
  expect(labConfigOf(experiment, { arms: ['dm'] }).arms.map(({ id }) => id)).toEqual(['dm']);
});

describe('the arms are those of the paper', () => {
  test('E1: both terms, and each alone', () => {
    for (const [id, steps] of [
      ['e1', 1],
      ['e1-4', 4],
    ] as const) {
      const arms = armsOf(id);
      expect(
        Object.fromEntries(Object.entries(arms).map(([arm, of]) => [arm, enabled(of)])),
      ).toEqual({ 'ca-dm': ['ca', 'dm'], ca: ['ca'], dm: ['dm'] });
      expect(Object.values(arms).map(({ student }) => student.steps)).toEqual([
        steps,
        steps,
        steps,
      ]);
    }
  });

  test('E2: CA with no regularizer and with each of three', () => {
    const arms = Object.entries(armsOf('e2')).map(([arm, of]) => [arm, enabled(of)]);
    expect(Object.fromEntries(arms)).toEqual({
      dm: ['ca', 'dm'],
      none: ['ca'],
      'mean-variance': ['ca', 'meanVariance'],
      gan: ['ca', 'gan'],
    });
  });

  test('E3: CA alone on six ranges to their very ends', () => {
    const arms = Object.values(armsOf('e3'));
    expect(arms.every((arm) => enabled(arm).join() === 'ca')).toBe(true);
    expect(arms.map(({ terms }) => [terms.ca.tau.lo, terms.ca.tau.hi])).toEqual([
      [0, 0.05],
      [0, 0.2],
      [0, 0.4],
      [0, 0.7],
      [0, 1],
      [0.7, 1],
    ]);
  });

  test('E4: CA alone with a critic that only observes', () => {
    const [arm] = Object.values(armsOf('e4'));
    expect(arm && enabled(arm)).toEqual(['ca']);
    expect(arm?.critic.observer).toBe(true);
  });

  test('E5 and E6: the schedules of Tab. 1', () => {
    const schedules = (id: string) =>
      Object.entries(armsOf(id)).map(([arm, config]) => {
        expect(config.student.steps).toBe(4);
        return [
          arm,
          scheduleOf(distillConfigOf({ seed: 1, batch: 1, prompts: 'full' }, config)),
          enabled(config).join(),
        ];
      });
    expect(schedules('e5')).toEqual([
      ['coupled-shared', 'coupledShared', 'ca,dm'],
      ['decoupled-full', 'decoupledFull', 'ca,dm'],
      ['decoupled-constrained', 'decoupledConstrained', 'ca,dm'],
      ['decoupled-hybrid', 'decoupledHybrid', 'ca,dm'],
    ]);
    expect(schedules('e6')).toEqual([
      ['dmd2', 'coupledShared', 'ca,dm,gan'],
      ['dmd2-hybrid', 'decoupledHybrid', 'ca,dm,gan'],
    ]);
  });
});

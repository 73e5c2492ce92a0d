import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../../src/distill/config';
import { scheduleOf, SCHEDULES, type ScheduleId } from '../../../src/distill/presets';

const IDS = Object.keys(SCHEDULES) as ScheduleId[];

describe('the schedules of Tab. 1', () => {
  test('are its four rows', () => {
    const rows = IDS.map((id) => {
      const { ca, dm } = SCHEDULES[id].apply(parseConfig({})).terms;
      return [SCHEDULES[id].row, ca.tau.aboveT, dm.sharedTau ? 'shared' : dm.tau.aboveT];
    });
    expect(rows).toEqual([
      [1, false, 'shared'],
      [2, false, false],
      [3, true, true],
      [4, true, false],
    ]);
  });

  for (const id of IDS) {
    test(`${id} is recognised, is valid, and leaves all else as it was`, () => {
      const before = parseConfig({
        seed: 5,
        terms: { ca: { weight: 2, tau: { lo: 0.3, distribution: 'shifted' } }, gan: {} },
      });
      const after = SCHEDULES[id].apply(before);
      expect(parseConfig(after)).toEqual(after);
      expect(scheduleOf(after)).toBe(id);
      const { ca, dm, ...others } = after.terms;
      expect([ca.weight, dm.weight]).toEqual([2, 1]);
      expect({ ...after, terms: others }).toEqual({
        ...before,
        terms: { meanVariance: before.terms.meanVariance, gan: before.terms.gan },
      });
    });
  }

  test('of other draws, or without CA or DM, there is none', () => {
    expect(scheduleOf(parseConfig({}))).toBe('decoupledFull');
    for (const terms of [
      { ca: { enabled: false } },
      { dm: { enabled: false } },
      { ca: { tau: { hi: 0.2 } } },
      { dm: { tau: { distribution: 'shifted' as const } } },
      { dm: { tau: { aboveT: true } } },
    ]) {
      expect(scheduleOf(parseConfig({ terms }))).toBeNull();
    }
  });

  test('a shared tau makes the range of DM irrelevant', () => {
    const terms = { dm: { sharedTau: true, tau: { lo: 0.5 } } };
    expect(scheduleOf(parseConfig({ terms }))).toBe('coupledShared');
  });
});

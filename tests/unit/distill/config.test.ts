import { describe, expect, test } from 'vitest';
import { ConfigError, parseConfig } from '../../../src/distill/config';
import { studentTimes } from '../../../src/distill/schedule';
import { configSettings } from '../../../src/distill/settings';
import { enabledTerms, needsCritic } from '../../../src/distill/terms/registry';

describe('a configuration', () => {
  test('of nothing is the defaults: one step, CA and DM, independent taus of [0.02, 0.98]', () => {
    const config = parseConfig({});
    expect(config).toMatchObject({
      version: 1,
      normalise: true,
      student: { steps: 1, gradientClip: 0 },
      terms: {
        ca: { enabled: true, weight: 1, tau: { lo: 0.02, hi: 0.98, aboveT: false } },
        dm: { enabled: true, weight: 1, tau: { lo: 0.02, hi: 0.98 }, sharedTau: false },
      },
    });
    expect(config.guidanceScale).toBeGreaterThan(1);
  });

  test('is plain data: what was parsed parses to itself, also as JSON', () => {
    const config = parseConfig({ seed: 7, student: { steps: 4 }, terms: { dm: { weight: 0.5 } } });
    expect(parseConfig(config)).toEqual(config);
    expect(parseConfig(JSON.parse(JSON.stringify(config)))).toEqual(config);
    expect(config.terms.ca.enabled).toBe(true);
  });

  const refusals: [unknown, RegExp][] = [
    [null, /configuration/],
    ['{}', /configuration/],
    [{ version: 2 }, /version.*1/],
    [{ seed: -1 }, /seed.*0/],
    [{ seed: 0.5 }, /seed/],
    [{ seed: 2 ** 32 }, /seed.*4294967295/],
    [{ batch: 0 }, /batch.*1/],
    [{ batch: 1025 }, /batch.*1024/],
    [{ guidanceScale: 0.5 }, /guidanceScale.*1/],
    [{ guidanceScale: 21 }, /guidanceScale.*20/],
    [{ guidanceScale: NaN }, /guidanceScale/],
    [{ normalise: 'yes' }, /normalise/],
    [{ prompts: 'some' }, /prompts.*partial.*full/],
    [{ student: { steps: 9 } }, /student\.steps.*8/],
    [{ student: { steps: 0 } }, /student\.steps.*1/],
    [{ student: { learningRate: 2 } }, /student\.learningRate.*1/],
    [{ student: { emaDecay: 1 } }, /student\.emaDecay.*0\.99999/],
    [{ student: { gradientClip: -1 } }, /student\.gradientClip.*0/],
    [{ critic: { updates: 11 } }, /critic\.updates.*10/],
    [{ critic: { learningRate: -1 } }, /critic\.learningRate.*0/],
    [{ terms: { ca: { weight: 101 } } }, /terms\.ca\.weight.*100/],
    [{ terms: { dm: { tau: { hi: 1.1 } } } }, /terms\.dm\.tau\.hi.*1/],
    [{ terms: { ca: { tau: { lo: 0.8, hi: 0.2 } } } }, /terms\.ca\.tau\.lo: lo must not exceed hi/],
    [{ terms: { gan: {} } }, /terms.*gan/],
    [{ terms: { ca: { sharedTau: true } } }, /terms\.ca.*sharedTau/],
    [{ learningRate: 1 }, /learningRate/],
  ];
  for (const [input, message] of refusals) {
    test(`${JSON.stringify(input)} is refused, naming field and range`, () => {
      expect(() => parseConfig(input)).toThrow(ConfigError);
      expect(() => parseConfig(input)).toThrow(message);
    });
  }

  test('names every field that is wrong at once', () => {
    expect(() => parseConfig({ batch: 0, student: { steps: 9 } })).toThrow(/batch.*student\.steps/);
  });
});

describe('the schedule of a student', () => {
  test('starts from pure noise and is evenly spaced below clean', () => {
    expect(studentTimes(1)).toEqual([0]);
    expect(studentTimes(2)).toEqual([0, 0.5]);
    expect(studentTimes(4)).toEqual([0, 0.25, 0.5, 0.75]);
    for (const steps of [3, 8]) expect(Math.max(...studentTimes(steps))).toBeLessThan(1);
  });

  for (const steps of [0, -1, 1.5, NaN]) {
    test(`of ${steps} steps is refused`, () => {
      expect(() => studentTimes(steps)).toThrow(`positive number of steps, got ${steps}`);
    });
  }

  test('reaches the kernels, each step by its index', () => {
    const settings = configSettings(parseConfig({ seed: 5, student: { steps: 2 } }));
    expect(settings).toMatchObject({ 'time.0': 0, 'time.1': 0.5, seed: { u32: 5 } });
    expect(settings).not.toHaveProperty('time.2');
  });
});

test('only DM needs the critic', () => {
  const off = { enabled: false };
  const [both, caOnly, none] = [
    parseConfig({}),
    parseConfig({ terms: { dm: off } }),
    parseConfig({ terms: { ca: off, dm: off } }),
  ];
  expect([both, caOnly, none].map(enabledTerms)).toEqual([['ca', 'dm'], ['ca'], []]);
  expect([both, caOnly, none].map(needsCritic)).toEqual([true, false, false]);
});

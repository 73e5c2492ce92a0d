import { describe, expect, test } from 'vitest';
import { ConfigError, parseConfig } from '../../../src/distill/config';
import { studentTimes } from '../../../src/distill/schedule';
import { configSettings } from '../../../src/distill/settings';
import { enabledTerms, needsCritic } from '../../../src/distill/terms/registry';

describe('a configuration', () => {
  test('of nothing is the defaults: one step, CA and DM, independent taus of [0.02, 0.98]', () => {
    const config = parseConfig({});
    expect(config).toMatchObject({
      version: 2,
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

  test('of version 1 keeps its fields, and what version 2 added does what version 1 did', () => {
    const config = parseConfig({
      version: 1,
      seed: 7,
      student: { steps: 4 },
      terms: { ca: { tau: { lo: 0.1, hi: 0.7, aboveT: true } }, dm: { sharedTau: true } },
    });
    expect(config).toMatchObject({
      version: 2,
      seed: 7,
      student: { steps: 4, start: 'simulation' },
      critic: { observer: false },
      terms: {
        ca: { tau: { distribution: 'uniform', lo: 0.1, hi: 0.7, aboveT: true } },
        dm: { sharedTau: true },
        meanVariance: { enabled: false },
        gan: { enabled: false },
      },
    });
    expect(parseConfig({ version: 1 })).toEqual(parseConfig({}));
  });

  const refusals: [unknown, string][] = [
    [null, 'the configuration must be an object, got null'],
    ['{}', 'the configuration must be an object, got string'],
    [{ version: 3 }, 'version must be 1 or 2, got 3'],
    [{ seed: -1 }, 'seed must be a whole number from 0 to 4294967295, got -1'],
    [{ seed: 0.5 }, 'seed must be a whole number from 0 to 4294967295, got 0.5'],
    [{ seed: 2 ** 32 }, 'seed must be a whole number from 0 to 4294967295, got 4294967296'],
    [{ batch: 0 }, 'batch must be a whole number from 1 to 1024, got 0'],
    [{ batch: '64' }, 'batch must be a whole number from 1 to 1024, got "64"'],
    [{ guidanceScale: 0.5 }, 'guidanceScale must be a number from 1 to 20, got 0.5'],
    [{ guidanceScale: NaN }, 'guidanceScale must be a number from 1 to 20, got NaN'],
    [{ normalise: 'yes' }, 'normalise must be true or false, got "yes"'],
    [{ prompts: 'some' }, 'prompts must be "partial" or "full", got "some"'],
    [{ student: { steps: 9 } }, 'student.steps must be a whole number from 1 to 8, got 9'],
    [{ student: { steps: 0 } }, 'student.steps must be a whole number from 1 to 8, got 0'],
    [{ student: { learningRate: 2 } }, 'student.learningRate must be a number from 0 to 1, got 2'],
    [{ student: { emaDecay: 1 } }, 'student.emaDecay must be a number from 0 to 0.99999, got 1'],
    [{ student: { gradientClip: -1 } }, 'student.gradientClip must be a number from 0 to 1000000'],
    [{ student: { start: 'noise' } }, 'student.start must be "simulation" or "teacher"'],
    [{ critic: { updates: 11 } }, 'critic.updates must be a whole number from 0 to 10, got 11'],
    [{ critic: { observer: 1 } }, 'critic.observer must be true or false, got 1'],
    [{ discriminator: { updates: -1 } }, 'discriminator.updates must be a whole number from 0'],
    [{ discriminator: { r1: -1 } }, 'discriminator.r1 must be a number from 0 to 1000, got -1'],
    [{ terms: { ca: { weight: 101 } } }, 'terms.ca.weight must be a number from 0 to 100, got 101'],
    [{ terms: { dm: { tau: { hi: 1.1 } } } }, 'terms.dm.tau.hi must be a number from 0 to 1'],
    [
      { terms: { ca: { tau: { lo: 0.8, hi: 0.2 } } } },
      'terms.ca.tau.lo must not exceed hi, got lo 0.8 and hi 0.2',
    ],
    [
      { terms: { gan: { tau: { distribution: 'beta' } } } },
      'terms.gan.tau.distribution must be "uniform" or "logitNormal" or "shifted", got "beta"',
    ],
    [{ terms: { dm: { tau: { shift: 0 } } } }, 'terms.dm.tau.shift must be a number from 0.05 to'],
    [{ terms: { ca: { sharedTau: true } } }, 'terms.ca.sharedTau is not a known field'],
    [{ terms: { meanVariance: { tau: {} } } }, 'terms.meanVariance.tau is not a known field'],
    [{ learningRate: 1 }, 'learningRate is not a known field'],
  ];
  for (const [input, message] of refusals) {
    test(`${JSON.stringify(input)} is refused, naming field and range`, () => {
      expect(() => parseConfig(input)).toThrow(ConfigError);
      expect(() => parseConfig(input)).toThrow(message);
    });
  }

  test('names every field that is wrong at once', () => {
    expect(() => parseConfig({ batch: 0, student: { steps: 9 } })).toThrow(
      /batch .*student\.steps /,
    );
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
    const config = parseConfig({ seed: 5, student: { steps: 2 } });
    const settings = configSettings(config, null);
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

import { expect, test } from 'vitest';
import { SETTING_IDS, SETTINGS } from '../../../src/app/settings/catalogue';
import { changedSettings, differencesInWords } from '../../../src/app/settings/differences';
import { parseArmConfig } from '../../../src/lab/config';
import type { ArmConfig, ArmConfigInput } from '../../../src/lab/config';

const DEFAULTS = parseArmConfig({});

/** Every number, word and switch of a configuration with its path. */
const leaves = (value: unknown, path = ''): [string, unknown][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, part]) => leaves(part, `${path}.${name}`))
    : [[path, value]];

/** A configuration that differs from the defaults in every single thing. */
const tau = {
  ...{ distribution: 'shifted', lo: 0.1, hi: 0.9, aboveT: true },
  ...{ logitMean: 1, logitStd: 2, shift: 3 },
} as const;
const network = { learningRate: 0.5, gradientClip: 7 };
const ALL_OTHER = parseArmConfig({
  ...{ guidanceScale: 7, normalise: false },
  student: { ...network, steps: 3, emaDecay: 0.5, start: 'teacher' },
  critic: { ...network, updates: 9, observer: true },
  discriminator: { ...network, updates: 9, r1: 4 },
  terms: {
    ca: { enabled: false, weight: 3, tau },
    dm: { enabled: false, weight: 3, tau, sharedTau: true },
    meanVariance: { enabled: true, weight: 3 },
    gan: { enabled: true, weight: 3, tau },
  },
});

test('the two configurations differ in everything that a configuration has', () => {
  const before = new Map(leaves(DEFAULTS));
  for (const [path, value] of leaves(ALL_OTHER)) expect(value, path).not.toBe(before.get(path));
});

test('each setting is restored alone, and all of them together restore everything', () => {
  let config: ArmConfig = ALL_OTHER;
  expect(changedSettings(config, DEFAULTS)).toEqual(SETTING_IDS);
  for (const [index, id] of SETTING_IDS.entries()) {
    config = SETTINGS[id].restore(config, DEFAULTS);
    expect(changedSettings(config, DEFAULTS)).toEqual(SETTING_IDS.slice(index + 1));
  }
  expect(config).toEqual(DEFAULTS);
});

/** What is said of an arm beside one with the defaults. */
const against = (input: ArmConfigInput, other: ArmConfigInput = {}): string[] =>
  differencesInWords(parseArmConfig(input), parseArmConfig(other));

test('differences are told in words', () => {
  expect(against({})).toEqual([]);
  expect(against({ guidanceScale: 8 })).toEqual(['α 8 instead of 4']);
  expect(against({ terms: { dm: { enabled: false } } })).toEqual(['DM off']);
  expect(against({ student: { steps: 4 } })).toEqual(['4 steps instead of one step']);
  expect(against({ terms: { ca: { tau: { lo: 0.3 } } } })).toEqual([
    'τ of CA 0.30 to 0.98 instead of 0.02 to 0.98',
  ]);
  expect(
    against(
      { student: { steps: 2 }, terms: { ca: { tau: { aboveT: true } } } },
      {
        student: { steps: 2 },
      },
    ),
  ).toEqual(['τ of CA only above t']);
  expect(against({ student: { learningRate: 2e-5 } })).toEqual([
    'student’s learning rate 2e-5 instead of 1e-4',
  ]);
  expect(against({ terms: { dm: { sharedTau: true }, gan: { enabled: true } } })).toEqual([
    'GAN on',
    'DM shares CA’s τ',
  ]);
  expect(against({ critic: { updates: 1 }, normalise: false })).toEqual([
    'normaliser off',
    'critic updates 1 instead of 3',
  ]);
});

test('what has no effect in an arm does not tell it apart', () => {
  const off = { enabled: false };
  // Nothing of CA matters where CA is off, nor the critic where nothing uses it.
  expect(against({ guidanceScale: 8, terms: { ca: { ...off, weight: 2 } } })).toEqual(['CA off']);
  expect(against({ critic: { updates: 1 }, terms: { dm: off } })).toEqual(['DM off']);
  expect(against({ discriminator: { r1: 3 } })).toEqual([]);
  // DM's own range, while it shares CA's; the switch "above t", while there is one step.
  expect(against({ terms: { dm: { sharedTau: true, tau: { lo: 0.5 } } } })).toEqual([
    'DM shares CA’s τ',
  ]);
  expect(against({ terms: { ca: { tau: { aboveT: true } } } })).toEqual([]);
  // The knobs of a distribution that is not chosen.
  expect(against({ terms: { ca: { tau: { shift: 3 } } } })).toEqual([]);
  expect(against({ terms: { ca: { tau: { shift: 3, distribution: 'shifted' } } } })).toEqual([
    'τ of CA shifted instead of uniform',
    'shift of CA’s τ 3.0 instead of 1.0',
  ]);
});

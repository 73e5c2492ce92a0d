import { describe, expect, test } from 'vitest';
import { ConfigError, parseConfig } from '../../../src/distill/config';
import {
  armConfigOf,
  distillConfigOf,
  MOST_ARMS,
  parseArmConfig,
  parseLabConfig,
} from '../../../src/lab/config';

const arm = (id: string, config: unknown = {}) => ({ id, name: id, config });

/** Why a lab is refused. */
const refusal = (input: unknown): string => {
  try {
    parseLabConfig(input);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('accepted');
};

describe("a lab's configuration", () => {
  test('takes the defaults of a single run for all that is left out', () => {
    const { version, ...defaults } = parseConfig({});
    const lab = parseLabConfig({ arms: [{ id: 'a', name: 'A' }] });
    expect(version).toBe(2);
    const { seed, batch, prompts, ...own } = defaults;
    expect(lab).toEqual({
      version: 1,
      seed,
      batch,
      prompts,
      arms: [{ id: 'a', name: 'A', config: own }],
    });
  });

  test('reads what it wrote', () => {
    const lab = parseLabConfig({ seed: 3, arms: [arm('a'), arm('b', { guidanceScale: 2 })] });
    expect(parseLabConfig(JSON.parse(JSON.stringify(lab)))).toEqual(lab);
  });

  test('gives each arm what all share', () => {
    const lab = parseLabConfig({ seed: 3, batch: 8, prompts: 'full', arms: [arm('a')] });
    const [only] = lab.arms;
    if (!only) throw new Error('no arm');
    const config = distillConfigOf(lab, only.config);
    expect(config).toEqual(parseConfig({ seed: 3, batch: 8, prompts: 'full' }));
    expect(armConfigOf(config)).toEqual(only.config);
  });

  test('says what is wrong, where, and what was given', () => {
    expect(refusal({ arms: [arm('a'), arm('b', { student: { steps: 9 } })] })).toBe(
      'This lab cannot be set up: arms.1.config.student.steps must be a whole number from 1 to 8, got 9.',
    );
    expect(refusal({ batch: 0, arms: [arm('a')] })).toContain('batch must be');
    expect(refusal({ arms: [] })).toContain('arms must hold at least one arm');
    const many = Array.from({ length: MOST_ARMS + 1 }, (_, index) => arm(`a${index}`));
    expect(refusal({ arms: many })).toContain('arms must hold at most 8 arms');
    expect(refusal({ arms: [arm('a'), arm('a')] })).toContain('arms must have different ids');
    expect(refusal({ arms: [arm('a b')] })).toContain('arms.0.id must be');
    expect(refusal({ arms: [arm('teacherGuided')] })).toContain('arms.0.id must not');
    expect(refusal({ arms: [arm('a', { terms: { ca: { wieght: 1 } } })] })).toContain(
      'arms.0.config.terms.ca.wieght is not a known field',
    );
    expect(refusal({ arms: [arm('a', { seed: 2 })] })).toContain(
      'arms.0.config.seed belongs to the lab',
    );
    expect(refusal({ colour: 1, arms: [arm('a')] })).toContain('colour is not a known field');
    expect(refusal(null)).toContain('must be an object');
    expect(() => parseArmConfig(7)).toThrow('must be an object');
  });
});

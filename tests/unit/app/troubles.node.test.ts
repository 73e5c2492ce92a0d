import { expect, test } from 'vitest';
import { stepRanges, stepRangesInWords } from '../../../src/app/lib/stepRanges';
import { troubleAt, type Place } from '../../../src/app/lib/troubles';
import { studentTimes } from '../../../src/distill/schedule';
import { noiseLevel } from '../../../src/flow/time';
import { parseArmConfig, type ArmConfigInput } from '../../../src/lab/config';
import { EXPERIMENTS } from '../../../src/lab/experiments/registry';

const PLACES: readonly Place[] = [
  ...(['terms', 'student', 'critic', 'discriminator', 'normalise', 'sharedTau'] as const),
  ...(['ca', 'dm', 'gan'] as const).flatMap((id) => [`${id}.range`, `${id}.aboveT`] as const),
];

const at = (place: Place, input: ArmConfigInput): string | null =>
  troubleAt(place, parseArmConfig(input));

const off = { enabled: false };

test('the defaults have nothing to explain', () => {
  for (const place of PLACES) expect(at(place, {}), place).toBeNull();
});

test('nothing that moves the student is told, and why', () => {
  expect(at('terms', { terms: { ca: off, dm: off } })).toContain('All terms are off');
  expect(at('terms', { guidanceScale: 1, terms: { dm: off } })).toContain('α = 1');
  expect(at('terms', { guidanceScale: 1 })).toBeNull();
  expect(at('terms', { terms: { ca: { weight: 0 }, dm: { weight: 0 } } })).toContain('is zero');
  const alone = { ca: off, dm: off, meanVariance: { enabled: true } };
  expect(at('terms', { terms: alone })).toContain('Mean-variance alone');
});

test('DM without a critic that learns, and a discriminator that does not', () => {
  expect(at('critic', { critic: { updates: 0 } })).toContain('DM needs a critic');
  expect(at('critic', { critic: { updates: 0 }, terms: { dm: off } })).toBeNull();
  expect(at('critic', { critic: { updates: 0, observer: true }, terms: { dm: off } })).toContain(
    'observer',
  );
  expect(at('critic', { critic: { learningRate: 0 } })).toContain('cannot learn');
  const gan = { gan: { enabled: true } };
  expect(at('discriminator', { terms: gan })).toBeNull();
  expect(at('discriminator', { terms: gan, discriminator: { updates: 0 } })).toContain('GAN');
});

test('above t with one step, and above a t that lies beyond the range', () => {
  const above = { ca: { tau: { aboveT: true } } };
  expect(at('ca.aboveT', { terms: above })).toContain('With one step');
  expect(at('ca.aboveT', { terms: above, student: { steps: 4 } })).toBeNull();
  const low = { ca: { tau: { aboveT: true, hi: 0.5 } } };
  expect(at('ca.aboveT', { terms: low, student: { steps: 4 } })).toContain('Steps 3 and 4 begin');
  expect(at('ca.aboveT', { terms: low, student: { steps: 2 } })).toContain('Step 2 begins');
  expect(at('dm.aboveT', { terms: low, student: { steps: 4 } })).toBeNull();
});

test('an empty range, a share of nothing, a normaliser of nothing, a student that stands', () => {
  expect(at('dm.range', { terms: { dm: { tau: { lo: 0.5, hi: 0.5 } } } })).toContain('0.50');
  expect(at('sharedTau', { terms: { dm: { sharedTau: true } } })).toBeNull();
  expect(at('sharedTau', { terms: { ca: off, dm: { sharedTau: true } } })).toContain('CA is off');
  const gan = { ca: off, dm: off, gan: { enabled: true } };
  expect(at('normalise', { terms: gan })).toContain('nothing to divide');
  expect(at('normalise', { terms: gan, normalise: false })).toBeNull();
  expect(at('student', { student: { learningRate: 0 } })).toContain('stays as it is');
});

test('the experiments ask for nothing impossible', () => {
  for (const { id, lab } of EXPERIMENTS) {
    for (const { name, config } of lab.arms) {
      for (const place of PLACES) {
        // The paper's schedules say "above t" of one-step students as well, where it changes nothing.
        if (place.endsWith('aboveT') && config?.student?.steps !== 4) continue;
        expect(at(place, config ?? {}), `${id}, ${name}, ${place}`).toBeNull();
      }
    }
  }
});

test('each step gets what the sampler draws for it', () => {
  const times = studentTimes(4);
  const range = { lo: noiseLevel(0.3), hi: noiseLevel(0.6), aboveT: true };
  expect(stepRanges(range, times).map(({ lo, hi }) => [lo, hi])).toEqual([
    [0.3, 0.6],
    [0.3, 0.6],
    [0.5, 0.6],
    [0.6, 0.6],
  ]);
  expect(stepRanges({ ...range, aboveT: false }, times).every(({ lo }) => lo === 0.3)).toBe(true);
  expect(stepRangesInWords(stepRanges(range, [0, 0.5]))).toBe(
    'step 1 draws 0.30 to 0.60, step 2 draws 0.50 to 0.60',
  );
});

import { describe, expect } from 'vitest';
import type { Gpu } from '../../../src/gpu/gpu';
import { parseSafetensors } from '../../../src/interchange/safetensors';
import { Judge } from '../../../src/metrics/judge';
import { makeReference, measureImages, type Measurement } from '../../../src/metrics/measure';
import { parseClassifier } from '../../../src/tasks/classifierFile';
import type { Prompt } from '../../../src/tasks/promptSpace';
import { realAvatars } from '../../../src/tasks/avatars/generator';
import { AVATAR_VALUES } from '../../../src/tasks/avatars/size';
import { avatars } from '../../support/avatars';
import { KERNEL_CHOICES, sharedEngine } from '../../support/evaluate';
import { readFixture } from '../../support/files';
import { test } from '../../support/gpu';

const [choice] = KERNEL_CHOICES;
if (!choice) throw new Error('no kernel choice');

/** Images of the sets that are compared; as many as the fixture has. */
const COUNT = 128;
const IMAGE_SHAPE = [3, 16, 16] as const;

interface Images {
  readonly images: Float32Array;
  readonly prompts: readonly Prompt[];
}

/** What a student drew that CA alone had trained 200 iterations, unclamped. */
const readCollapsed = async (): Promise<Images> => {
  const { tensors } = parseSafetensors(
    await readFixture('tests/fixtures/collapsed-ca.safetensors'),
  );
  const [images, prompts] = [tensors.get('images'), tensors.get('prompts')];
  if (images?.dtype !== 'F32' || prompts?.dtype !== 'I32') throw new Error('not the fixture');
  return {
    images: images.data,
    prompts: Array.from({ length: COUNT }, (_, i) => [...prompts.data.subarray(8 * i, 8 * i + 8)]),
  };
};

/** The same face for whatever is asked: nothing wrong with it, but nothing else. */
const oneFace = ({ images, prompts }: Images): Images => ({
  images: Float32Array.from({ length: images.length }, (_, i) => images[i % AVATAR_VALUES] ?? 0),
  prompts,
});

interface Measured {
  readonly real: Measurement;
  readonly collapsed: Measurement;
  readonly copies: Measurement;
}

const measureAll = async (gpu: Gpu): Promise<Measured> => {
  const file = await readFixture('public/classifiers/avatars.safetensors');
  const judge = await Judge.create(
    sharedEngine(gpu, choice),
    parseClassifier(avatars, parseSafetensors(file)),
  );
  const reference = makeReference(await judge.judge(realAvatars(1, 512).images), null);
  const measure = async ({ images, prompts }: Images): Promise<Measurement> => {
    const verdicts = await judge.judge(images);
    const judgement = { ...verdicts, judging: avatars, imageShape: IMAGE_SHAPE };
    return measureImages(images, prompts, judgement, reference);
  };
  // Other avatars than those of the reference.
  const real = realAvatars(2, COUNT);
  try {
    return {
      real: await measure(real),
      collapsed: await measure(await readCollapsed()),
      copies: await measure(oneFace(real)),
    };
  } finally {
    judge.destroy();
  }
};

let measured: Promise<Measured> | undefined;
/** Measured once for all tests. */
const measurements = (gpu: Gpu): Promise<Measured> => (measured ??= measureAll(gpu));

// Far apart, so that no metric passes by chance: a collapse is not a matter of taste.
describe('a student that CA alone trained into collapse', () => {
  test('follows its prompts less than real avatars do', async ({ gpu }) => {
    const { real, collapsed } = await measurements(gpu);
    expect(collapsed.meanAccuracy).toBeLessThan(real.meanAccuracy - 0.1);
    expect(collapsed.allRight).toBeLessThan(real.allRight / 3);
  });

  test('is further from real avatars than other real avatars are', async ({ gpu }) => {
    const { real, collapsed } = await measurements(gpu);
    expect(collapsed.frechetReal).toBeGreaterThan(10 * real.frechetReal);
  });

  test('covers less, and lies in emptier places', async ({ gpu }) => {
    const { real, collapsed } = await measurements(gpu);
    expect(collapsed.coverage).toBeLessThan(real.coverage / 5);
    expect(collapsed.density).toBeLessThan(real.density / 5);
  });

  test('has more contrast, more values out of range, more energy everywhere', async ({ gpu }) => {
    const { real, collapsed } = await measurements(gpu);
    expect(collapsed.variance).toBeGreaterThan(5 * real.variance);
    expect(real.saturation).toBe(0);
    expect(collapsed.saturation).toBeGreaterThan(0.5);
    collapsed.spectrum.forEach((energy, bin) => {
      expect(energy).toBeGreaterThan(3 * (real.spectrum[bin] ?? Infinity));
    });
  });
});

describe('a student that draws one perfect face for every prompt', () => {
  test('is seen by accuracy, distance and coverage', async ({ gpu }) => {
    const { real, copies } = await measurements(gpu);
    expect(copies.meanAccuracy).toBeLessThan(real.meanAccuracy - 0.3);
    expect(copies.allRight).toBeLessThan(real.allRight / 5);
    expect(copies.frechetReal).toBeGreaterThan(10 * real.frechetReal);
    expect(copies.coverage).toBeLessThan(real.coverage / 5);
  });
});

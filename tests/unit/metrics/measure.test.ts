import { describe, expect, test } from 'vitest';
import { coverageDensity, manifold } from '../../../src/metrics/coverageDensity';
import { featureStatistics } from '../../../src/metrics/featureStatistics';
import { frechetDistance, frechetReference } from '../../../src/metrics/frechetDistance';
import { makeReference, measureImages, type Judgement } from '../../../src/metrics/measure';
import { MetricError } from '../../../src/metrics/metricError';
import { spectrum } from '../../../src/metrics/spectrum';
import { avatarPrompts } from '../../../src/tasks/avatars/attributes';
import { type Prompt } from '../../../src/tasks/promptSpace';
import { randomValues } from '../../support/random';

const COUNT = 4;
const FEATURES = 3;
const SHAPE = [1, 2, 3] as const;
const images = randomValues(COUNT * 6, 1);
const real = randomValues(20 * FEATURES, 2);
const guided = randomValues(20 * FEATURES, 3);

/** Asks for a sad mouth (the last attribute) and nothing else. */
const prompts: Prompt[] = Array.from({ length: COUNT }, () => [
  ...avatarPrompts.nullPrompt.slice(0, -1),
  1,
]);

const judgement: Judgement = {
  features: randomValues(COUNT * FEATURES, 4),
  featureSize: FEATURES,
  logits: new Float32Array([0, 1, 0, 1, 1, 0, 0, 1]),
  judging: {
    judged: [{ attribute: 'mouth', classes: 2, classOf: (id) => id, visible: () => true }],
    prompts: avatarPrompts,
  },
  imageShape: SHAPE,
};

const features = (values: Float32Array) => ({ features: values, featureSize: FEATURES });

describe('measureImages', () => {
  test('gives every figure its own metric, data and reference', () => {
    const reference = makeReference(features(real), features(guided));
    const measured = measureImages(images, prompts, judgement, reference);
    const statistics = featureStatistics(judgement.features, FEATURES);
    const distance = (values: Float32Array) =>
      frechetDistance(statistics, frechetReference(featureStatistics(values, FEATURES)));
    expect(measured.accuracy).toEqual({ mouth: 3 / 4 });
    expect(measured.frechetReal).toBe(distance(real));
    expect(measured.frechetGuided).toBe(distance(guided));
    expect(measured.frechetGuided).not.toBe(measured.frechetReal);
    expect(measured).toMatchObject(coverageDensity(judgement.features, manifold(real, FEATURES)));
    expect(measured.mean).toBeCloseTo(images.reduce((a, b) => a + b, 0) / images.length, 12);
    expect(measured.spectrum).toEqual(spectrum(images, SHAPE));
  });

  test('is plain data: it survives JSON', () => {
    const measured = measureImages(
      images,
      prompts,
      judgement,
      makeReference(features(real), features(guided)),
    );
    expect(JSON.parse(JSON.stringify(measured))).toEqual(measured);
  });

  test('knows no distance to a teacher that was not drawn', () => {
    const reference = makeReference(features(real), null);
    expect(measureImages(images, prompts, judgement, reference).frechetGuided).toBeNull();
  });

  test('refuses other numbers of images than prompts', () => {
    const reference = makeReference(features(real), null);
    const fewer = prompts.slice(1);
    expect(() => measureImages(images, fewer, judgement, reference)).toThrow(MetricError);
  });
});

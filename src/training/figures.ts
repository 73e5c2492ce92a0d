import { z } from 'zod';
import type { Teacher } from '../distill/networks';
import type { Engine } from '../graph/engine';
import { Easel } from '../lab/easel';
import { CHUNK } from '../lab/evaluationSet';
import { featureStatistics } from '../metrics/featureStatistics';
import { frechetDistance } from '../metrics/frechetDistance';
import type { Judge } from '../metrics/judge';
import { frechetReferenceOf } from '../metrics/measure';
import { pixelStatistics } from '../metrics/pixelStatistics';
import { promptAccuracy } from '../metrics/promptAccuracy';
import type { LabelledImages } from '../tasks/task';
import type { ImageTask } from '../tasks/task';

const share = z.number().min(0).max(1);
const sizes = z.number().nonnegative();

/** A teacher's images at one setting of its sampler. */
const settingFiguresSchema = z.strictObject({
  eulerSteps: z.int().positive(),
  guidance: z.number().positive(),
  /** Mean over attributes of the share of right ones. */
  meanAccuracy: share,
  /** Share of images with every attribute of their prompt. */
  allRight: share,
  /** Squared Fréchet distance of features to held-out real images. */
  frechet: sizes,
  /** Mean variance of an image. */
  variance: sizes,
});

/** What was measured of a teacher, and how: two of the same `by` can be compared. */
export const teacherFiguresSchema = z.strictObject({
  by: z.strictObject({
    task: z.string(),
    /** Images a setting, and held-out real images that they are compared with. */
    samples: z.int().min(2),
    seed: z.int().nonnegative(),
    /** SHA-256 of the classifier's file. */
    classifier: z.string(),
  }),
  adapter: z.string(),
  /** What the classifier reads from the real images, and their variance. */
  real: z.strictObject({ meanAccuracy: share, allRight: share, variance: sizes }),
  settings: z.array(settingFiguresSchema),
});

export type TeacherFigures = z.output<typeof teacherFiguresSchema>;
export type SettingFigures = z.output<typeof settingFiguresSchema>;

/** What to measure. */
export interface MeasureRequest {
  readonly samples: number;
  /** Of the real images, their prompts and the noise. */
  readonly seed: number;
  readonly eulerSteps: readonly number[];
  readonly guidances: readonly number[];
  /** Heard before each setting and at the end; settings done, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops between chunks of images: what was measured by then is returned. */
  readonly stop?: AbortSignal;
}

/** What measuring needs besides the teacher. */
export interface MeasureMaterial {
  readonly engine: Engine;
  readonly task: ImageTask;
  /** Held-out real images with their prompts, `samples` of them. */
  readonly real: LabelledImages;
  readonly judge: Judge;
  /** SHA-256 of the judge's file. */
  readonly classifier: string;
}

/**
 * Seed of the real images, prompts and noise of figures: all teachers are measured on the same, and
 * on images that no recipe of a person's choosing was trained on.
 */
export const FIGURES_SEED = 1_000_003;

/** Guidance scales and Euler steps of a teacher's card. */
export const CARD_SETTINGS = { eulerSteps: [25, 50], guidances: [1, 2, 3, 4, 5, 6] } as const;

/**
 * Measures a teacher's images for full prompts: those of the real images that they are compared
 * with, from noise of the seed, the same at every setting. Throws MetricError where images are not
 * finite.
 */
export const measureTeacher = async (
  { engine, task, real, judge, classifier }: MeasureMaterial,
  teacher: Teacher,
  { samples, seed, eulerSteps, guidances, onProgress, stop }: MeasureRequest,
): Promise<TeacherFigures> => {
  const { images: realImages, prompts } = real;
  const values = realImages.length / prompts.length;
  const ofReal = await judge.judge(realImages);
  const reference = frechetReferenceOf(ofReal);
  const easel = new Easel(engine, teacher, Math.min(CHUNK, samples));

  /** Images of one setting, chunk by chunk; the last one's surplus counts for nothing. */
  const draw = async (steps: number, guidance: number): Promise<Float32Array | null> => {
    const images = new Float32Array(samples * values);
    for (let start = 0; start < samples; start += easel.count) {
      if (stop?.aborted) return null;
      const shown = Array.from(
        { length: easel.count },
        (_, index) => prompts[(start + index) % samples] ?? task.prompts.nullPrompt,
      );
      const rows = task.prompts.rowsOf(shown);
      const grid = { rows, count: easel.count, seed: (seed + start) >>> 0 };
      const chunk = await easel.guided(steps, guidance, grid);
      images.set(chunk.subarray(0, (samples - start) * values), start * values);
    }
    return images;
  };

  const accuracyOf = (logits: Float32Array) => {
    const { meanAccuracy, allRight } = promptAccuracy(logits, prompts, task);
    return { meanAccuracy, allRight };
  };

  const wanted = eulerSteps.flatMap((steps) => guidances.map((w) => [steps, w] as const));
  const settings: SettingFigures[] = [];
  try {
    for (const [steps, guidance] of wanted) {
      onProgress?.(settings.length, wanted.length);
      const images = await draw(steps, guidance);
      if (!images) break;
      const { features, featureSize, logits } = await judge.judge(images);
      settings.push({
        eulerSteps: steps,
        guidance,
        ...accuracyOf(logits),
        frechet: frechetDistance(featureStatistics(features, featureSize), reference),
        variance: pixelStatistics(images, values).variance,
      });
    }
    onProgress?.(settings.length, wanted.length);
  } finally {
    await easel.destroy();
  }
  return {
    by: { task: task.id, samples, seed, classifier },
    adapter: engine.gpu.info.name,
    real: {
      ...accuracyOf(ofReal.logits),
      variance: pixelStatistics(realImages, values).variance,
    },
    settings,
  };
};

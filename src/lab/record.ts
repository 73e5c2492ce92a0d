import { z } from 'zod';
import { DEFAULT_TASK } from '../tasks/registry';
import { armConfigSchema, labConfigSchema } from './config';
import { evaluationOptionsSchema } from './evaluationOptions';
import { foreignRecordSchema } from './foreign/source';

/**
 * The record of a run: plain data that holds what was run, on what, and everything it gave. It is
 * saved as JSON, read again, merged and judged; nothing in it needs a GPU.
 */

/** Bins of a histogram of noise levels, over [0, 1]. */
export const TAU_BINS = 32;

/** A file that is no run record; the message says what is wrong where. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
}

const iteration = z.int().nonnegative();
/** Null: not computed, because nothing that was switched on needed it. */
const figure = z.number().nullable();

/** The figures of one iteration; every number is finite. */
export const figureRowSchema = z.strictObject({
  iteration,
  /** Root mean square of each term's weighted update. */
  caNorm: figure,
  dmNorm: figure,
  meanVarianceNorm: figure,
  ganNorm: figure,
  /** Cosine between the updates of CA and DM. */
  updateCosine: figure,
  criticLoss: figure,
  discriminatorLoss: figure,
  discriminatorAccuracy: figure,
  /** Of the training batch's images. */
  imageMean: z.number(),
  imageVariance: z.number(),
});

/** What one evaluation measured. Null: it needs the attribute classifier, and there was none. */
export const evaluationRowSchema = z.strictObject({
  iteration,
  /** By attribute. */
  accuracy: z.record(z.string(), z.number()).nullable(),
  meanAccuracy: figure,
  allRight: figure,
  frechetReal: figure,
  frechetGuided: figure,
  coverage: figure,
  density: figure,
  mean: z.number(),
  variance: z.number(),
  saturation: z.number(),
  spectrum: z.array(z.number()),
});

/** A PNG file in base64. */
const png = z.base64();

const histogram = z.array(z.int().nonnegative()).length(TAU_BINS);

const haltSchema = z.strictObject({
  /** Whose figures gave the reason. */
  iteration,
  reason: z.string(),
  advice: z.string(),
});

const armRecordSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** The last configuration. */
  config: armConfigSchema,
  /** Every configuration it had, the first included, and after which iteration it took effect. */
  changes: z.array(z.strictObject({ iteration, config: armConfigSchema })),
  status: z.enum(['training', 'halted']),
  halt: haltSchema.exactOptional(),
  figures: z.array(figureRowSchema),
  evaluations: z.array(evaluationRowSchema),
  /** How often each noise level was drawn, by term; bin i counts [i / 32, (i + 1) / 32). */
  tauHistograms: z.strictObject({ ca: histogram, dm: histogram, gan: histogram }),
  /** Contact sheets of the first evaluation images. */
  snapshots: z.array(z.strictObject({ iteration, png })),
});

/** How a pair was shown to the person who voted. */
const shownSchema = z.strictObject({
  /** Ids of the arms by side, and the iterations that their pictures are of. */
  left: z.strictObject({ arm: z.string(), iteration }),
  right: z.strictObject({ arm: z.string(), iteration }),
  /** What both drew: ids of the prompt's values, and the seed of the noise. */
  prompt: z.array(z.int().nonnegative()),
  noise: z.int().nonnegative(),
  /** Seed that sides and order of the pictures were drawn from. */
  order: z.int().nonnegative(),
});

/** A person's blind vote between what arms drew for one picture of the grid. */
export const voteSchema = z.strictObject({
  /** Which picture. */
  image: z.int().nonnegative(),
  /** Ids of the arms, the best first. */
  ranking: z.array(z.string()).min(2),
  /** Whether the person found neither better, or did not say; the ranking means nothing then. */
  tie: z.boolean().default(false),
  /** Votes of the first version do not say. */
  shown: shownSchema.exactOptional(),
});

/** Version 2 tells of votes how they were shown, and of ties. */
const VERSION = 2;

export const runRecordSchema = z.strictObject({
  version: z.union([z.literal(1), z.literal(VERSION)]).transform((): typeof VERSION => VERSION),
  /** Id of the experiment that this is a run of. */
  experiment: z.string().nullable(),
  codeVersion: z.string(),
  created: z.iso.datetime(),
  adapter: z.string(),
  /** Id of the task; records of the first versions name none. */
  task: z.string().default(DEFAULT_TASK.id),
  /** `sha256` of the teacher's file, in hexadecimal. */
  teacher: z.strictObject({
    id: z.string(),
    sha256: z.string(),
    /** Where it was made elsewhere: how it was asked, and what students began with. */
    foreign: foreignRecordSchema.exactOptional(),
  }),
  config: labConfigSchema,
  evaluation: evaluationOptionsSchema,
  arms: z.array(armRecordSchema),
  /** Contact sheets of what the arms are compared with, for the same prompts. */
  references: z.array(z.strictObject({ name: z.string(), png })),
  votes: z.array(voteSchema),
});

export type FigureRow = z.output<typeof figureRowSchema>;
export type EvaluationRow = z.output<typeof evaluationRowSchema>;
export type TauHistograms = z.output<typeof armRecordSchema>['tauHistograms'];
export type ArmRecord = z.output<typeof armRecordSchema>;
export type Vote = z.output<typeof voteSchema>;
export type Halt = z.output<typeof haltSchema>;
export type RunRecord = z.output<typeof runRecordSchema>;

/** Checks a record that was read from JSON. Throws RecordError. */
export const parseRecord = (json: unknown): RunRecord => {
  const version = z.looseObject({ version: z.number() }).safeParse(json);
  if (version.success && version.data.version > VERSION) {
    throw new RecordError(
      `This record is of version ${version.data.version}; this program reads versions 1 to ${VERSION}.`,
    );
  }
  const parsed = runRecordSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`);
  throw new RecordError(`This is no record of a run. ${problems.join('; ')}.`);
};

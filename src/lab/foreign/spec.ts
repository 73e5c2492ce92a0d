import { z } from 'zod';
import { explainIssues } from '../../distill/config';
import { choice } from '../../distill/fields';
import { PREDICTIONS } from '../../flow/convention';

/** A description of a teacher that cannot be used; the message names each field. */
export class ForeignSpecError extends Error {
  override readonly name = 'ForeignSpecError';
}

const name = z.string().min(1, 'must not be empty');
const finite = z.number();

const timeSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('linear'), noise: finite, clean: finite })
    .refine(({ noise, clean }) => noise !== clean, {
      error: 'must differ from the time of pure noise',
      path: ['clean'],
    }),
  z.strictObject({ kind: z.literal('sigma') }),
  z
    .strictObject({
      kind: z.literal('variancePreserving'),
      /** Of noise a unit of time, at its beginning and end. */
      betaMin: z.number().positive().max(1000).default(0.1),
      betaMax: z.number().positive().max(1000).default(20),
      /** The time at pure noise. */
      scale: z.number().positive().default(1000),
    })
    .refine(({ betaMin, betaMax }) => betaMin < betaMax, {
      error: 'must exceed betaMin',
      path: ['betaMax'],
    }),
]);

const conditionSchema = z.discriminatedUnion('kind', [
  /** Whole numbers (B) or (B, attributes): ids of values, `open` where an attribute is left open. */
  z
    .strictObject({
      kind: z.literal('ids'),
      attributes: z.array(name).min(1),
      open: z.array(z.int()).min(1),
    })
    .refine(({ attributes, open }) => attributes.length === open.length, {
      error: 'must hold a number for each attribute',
      path: ['open'],
    }),
  /**
   * (B, D): ones and zeros, the attributes' values side by side; `open`: whether each has a place of
   * its own for "any", after its values, or zeros say so.
   */
  z.strictObject({
    kind: z.literal('oneHot'),
    attributes: z.array(name).min(1),
    open: z.enum(['place', 'zeros']),
  }),
  /** (B, D): a vector for each value of one attribute, the last for "any". */
  z.strictObject({
    kind: z.literal('vectors'),
    attribute: name,
    vectors: z.array(z.array(finite).min(1)).min(2),
  }),
]);

/**
 * How a network made elsewhere is asked for its prediction: which input is which, what it predicts and
 * how it counts time (`flow/convention.ts`), and how prompts are put to it. Plain data.
 */
export const foreignSpecSchema = z
  .strictObject({
    version: choice([1]).default(1),
    inputs: z.strictObject({ x: name, t: name, condition: name.nullable() }),
    output: name,
    prediction: choice(PREDICTIONS),
    time: timeSchema,
    condition: conditionSchema.nullable(),
  })
  .refine(({ inputs, condition }) => (inputs.condition === null) === (condition === null), {
    error: 'must say how prompts are put to the condition input, and be null where there is none',
    path: ['condition'],
  })
  .refine(
    ({ prediction, time }) =>
      time.kind === 'linear' || prediction === 'noise' || prediction === 'clean',
    {
      error: 'must be noise or clean where times are sigma or variance preserving',
      path: ['prediction'],
    },
  );

export type ForeignTeacherSpec = z.output<typeof foreignSpecSchema>;
export type ForeignTeacherSpecInput = z.input<typeof foreignSpecSchema>;
export type ForeignCondition = NonNullable<ForeignTeacherSpec['condition']>;

/** Validates a description. Throws ForeignSpecError. */
export const parseForeignSpec = (input: unknown): ForeignTeacherSpec => {
  const result = foreignSpecSchema.safeParse(input);
  if (result.success) return result.data;
  throw new ForeignSpecError(
    `This description of the teacher cannot be used: ${explainIssues(result.error)}.`,
  );
};

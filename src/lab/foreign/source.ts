import { z } from 'zod';
import type { Teacher } from '../../distill/networks';
import type { OnnxSession } from '../../interchange/onnx/session';
import type { ForeignNetwork } from './network';
import { foreignSpecSchema } from './spec';

/** How a run's networks learned their start from a teacher that was made elsewhere. */
export const imitationSchema = z.strictObject({
  seed: z.int().nonnegative(),
  steps: z.int().positive(),
  batch: z.int().positive(),
  learningRate: z.number().positive(),
  /** Mean squared at the end, as a share of the velocity's mean square. */
  error: z.number(),
});

/** What records say of a teacher that was made elsewhere, besides the digest of its file. */
export const foreignRecordSchema = z.strictObject({
  spec: foreignSpecSchema,
  imitation: imitationSchema,
});

export type ForeignRecord = z.output<typeof foreignRecordSchema>;

/** A teacher that was made elsewhere, on the GPU with what its students begin with. */
export interface ForeignTeacher extends Teacher {
  readonly velocity: ForeignNetwork;
}

/** A teacher that was made elsewhere, ready to be asked. The session is its opener's to destroy. */
export interface ForeignSource extends ForeignRecord {
  readonly session: OnnxSession;
}

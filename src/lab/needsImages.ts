import { ConfigError, type TermId } from '../distill/config';
import type { OpenTask } from '../tasks/task';
import type { ArmConfig } from './config';

/** Terms that hold a student to real images. */
const NEEDING = [
  ['gan', 'A GAN'],
  ['meanVariance', 'Mean-variance'],
] as const satisfies readonly (readonly [TermId, string])[];

/** Throws ConfigError where an arm needs real images of a task that has none. */
export const checkImages = ({ images, title }: OpenTask, { terms }: ArmConfig): void => {
  if (images) return;
  for (const [id, name] of NEEDING) {
    if (!terms[id].enabled) continue;
    throw new ConfigError(
      `${name} compares with real images, and “${title}” has none; switch it off.`,
    );
  }
};

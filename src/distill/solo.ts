import type { DistillConfig } from './config';
import type { IterationFigures } from './figures';
import type { UpdatePrograms } from './programs/iteration';

/** A network that an iteration may update alone, once, while all others stand still. */
export type Solo = 'student' | 'critic';

/**
 * What an iteration carries out. With a solo the others stand still; what the student draws is looked
 * at all the same, so that every iteration has the figures of its pictures.
 */
export const carriedOut = (
  updates: readonly UpdatePrograms[],
  solo: Solo | null,
): readonly UpdatePrograms[] => {
  if (solo === null) return updates;
  return updates.flatMap((update): UpdatePrograms[] => {
    if (update.network === solo) return [{ ...update, runs: 1 }];
    return update.network === 'student' ? [{ ...update, optimizer: null }] : [];
  });
};

/** The configuration by which the figures of such an iteration are read: who stands still has none. */
export const readBy = (config: DistillConfig, solo: Solo | null): DistillConfig => {
  if (solo === null) return config;
  const { critic, discriminator } = config;
  return {
    ...config,
    critic: solo === 'critic' ? critic : { ...critic, updates: 0 },
    discriminator: { ...discriminator, updates: 0 },
  };
};

/** The figures of an iteration; where the student stood still, no update of it has a size. */
export const asCarriedOut = (figures: IterationFigures, solo: Solo | null): IterationFigures =>
  solo === 'critic'
    ? {
        ...figures,
        ...{ caNorm: null, dmNorm: null, meanVarianceNorm: null, ganNorm: null },
        updateCosine: null,
      }
    : figures;

/**
 * Time and noise level, kept apart by type: mixing them up is this field's classic bug.
 *
 * Both run the same way here: 0 is pure noise, 1 is clean data (the paper's convention; DMD2 and
 * every DDPM-indexed code base run the other way).
 */

/** Time t of the student's own schedule, in [0, 1]; t = 0 is pure noise, t = 1 is clean data. */
export type Time = number & { readonly unit: 'time' };

/** Noise level tau at which a term compares predictions, in [0, 1]; 0 is noise, 1 is clean. */
export type NoiseLevel = number & { readonly unit: 'noise level' };

/** Guidance scale alpha (alpha = 1 means no guidance). */
export type GuidanceScale = number & { readonly unit: 'guidance scale' };

const unitInterval = (value: number, name: string): number => {
  if (!(value >= 0 && value <= 1)) {
    throw new RangeError(`${name} must lie in [0, 1] (0 = noise, 1 = clean), got ${value}.`);
  }
  return value;
};

/** Brands a number as a time. Throws a RangeError outside [0, 1]. */
export const time = (value: number): Time => unitInterval(value, 'Time t') as Time;

/** Brands a number as a noise level. Throws a RangeError outside [0, 1]. */
export const noiseLevel = (value: number): NoiseLevel =>
  unitInterval(value, 'Noise level tau') as NoiseLevel;

/** Brands a number as a guidance scale. Throws a RangeError when it is not finite. */
export const guidanceScale = (value: number): GuidanceScale => {
  if (!Number.isFinite(value)) throw new RangeError(`Guidance scale must be finite, got ${value}.`);
  return value as GuidanceScale;
};

import { ditLayout } from '../models/dit/parameters';
import type { DitConfig } from '../models/dit/config';
import { OWN_LIMITS } from '../tasks/own/definition';

/** What a teacher's file may hold; checked before memory is taken for it. */
export const TEACHER_LIMITS = {
  /** Bytes of a file: the largest network as float32, and its header. */
  bytes: 2 ** 27 + 2 ** 23,
  /** Parameters: one network is one storage buffer, and WebGPU promises 128 MiB. */
  parameters: 2 ** 25,
  channels: 3,
} as const;

const between = (
  what: string,
  value: number,
  { least, most }: { readonly least: number; readonly most: number },
): string[] =>
  value >= least && value <= most ? [] : [`${what} ${value}, not ${least} to ${most}`];

/** Where a network leaves the limits, a phrase each; empty where it does not. */
export const beyondLimits = (config: DitConfig): string[] => {
  const { channels, height, imageWidth, attributes } = config;
  const counts = Object.entries(attributes);
  const { count, size } = ditLayout(config);
  return [
    ...(height === imageWidth ? [] : [`images of ${imageWidth}x${height}, not square ones`]),
    ...(channels === TEACHER_LIMITS.channels
      ? []
      : [`${channels} channels, not ${TEACHER_LIMITS.channels}`]),
    ...between('an edge of', height, OWN_LIMITS.size),
    ...between('a number of attributes of', counts.length, OWN_LIMITS.attributes),
    ...counts.flatMap(([name, values]) =>
      between(`for ${name.slice(0, 40)} a number of values of`, values, OWN_LIMITS.values),
    ),
    ...(size <= TEACHER_LIMITS.parameters
      ? []
      : [`${count} parameters, not at most ${TEACHER_LIMITS.parameters}`]),
  ];
};

/**
 * Flat arrays as large as the network that one arm holds at most: three networks in training, and the
 * teacher's weights beside the critic's.
 */
const ARRAYS_OF_AN_ARM = 15;

/** Bytes on the GPU, about, of a teacher and one arm that learns from it; activations come on top. */
export const memoryOfDistillation = (config: DitConfig): number =>
  4 * ditLayout(config).size * (1 + ARRAYS_OF_AN_ARM);

import { z } from 'zod';
import { MAX_HEAD_WIDTH, MAX_TOKENS } from '../../graph/ops/attention';

const MAX_WIDTH = 1024;

/** Frequencies of the sinusoidal time embedding. */
export const TIME_FREQUENCIES = 32;
/** Hidden units of the MLP, as a multiple of the width. */
export const MLP_RATIO = 4;

/** Number of tokens T of one image. */
export const tokenCount = (sizes: {
  readonly height: number;
  readonly imageWidth: number;
  readonly patch: number;
}): number => Math.floor(sizes.height / sizes.patch) * Math.floor(sizes.imageWidth / sizes.patch);

/** The sizes of a DiT and the attributes it is conditioned on. */
export const ditConfigSchema = z
  .strictObject({
    width: z.int().min(4).max(MAX_WIDTH),
    depth: z.int().min(1).max(32),
    heads: z.int().min(1).max(64),
    patch: z.int().min(1).max(32),
    channels: z.int().min(1).max(4).default(3),
    height: z.int().min(1).max(128).default(16),
    imageWidth: z.int().min(1).max(128).default(16),
    /** Attribute names in order, with their number of values ("any" comes on top). */
    attributes: z.record(z.string(), z.int().min(1).max(4096)),
  })
  .refine((config) => config.width % config.heads === 0, {
    error: 'width must be a multiple of heads',
  })
  .refine((config) => config.width / config.heads <= MAX_HEAD_WIDTH, {
    error: `a head has at most ${MAX_HEAD_WIDTH} features; choose more heads`,
  })
  .refine(
    (config) => config.height % config.patch === 0 && config.imageWidth % config.patch === 0,
    {
      error: 'the patch must tile the image',
    },
  )
  .refine((config) => tokenCount(config) <= MAX_TOKENS, {
    error: `at most ${MAX_TOKENS} tokens; choose a larger patch`,
  });

export type DitConfig = z.output<typeof ditConfigSchema>;

/** Shape of a batch of images. */
export const imageShape = (config: DitConfig, batch: number): [number, number, number, number] => [
  batch,
  config.channels,
  config.height,
  config.imageWidth,
];

/** Metadata of a checkpoint does not describe a network we can build. */
export class ModelConfigError extends Error {
  override readonly name = 'ModelConfigError';
}

/**
 * Reads the sizes from a checkpoint's metadata (`width`, `depth`, `heads`, `patch`, `image` as
 * "3x16x16", `attributes` as JSON); `attributes` stands in where the metadata has none.
 * Throws ModelConfigError.
 */
export const ditConfigFromMetadata = (
  metadata: Readonly<Record<string, string>>,
  attributes?: Readonly<Record<string, number>>,
): DitConfig => {
  const [channels, height, imageWidth] = parseImage(metadata['image'] ?? '3x16x16');
  const sizes = ['width', 'depth', 'heads', 'patch'].map((key) => [key, Number(metadata[key])]);
  const result = ditConfigSchema.safeParse({
    ...(Object.fromEntries(sizes) as Record<string, number>),
    channels,
    height,
    imageWidth,
    attributes: parseAttributes(metadata['attributes']) ?? attributes,
  });
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  throw new ModelConfigError(`The file does not describe a network: ${problems.join('; ')}.`);
};

/** The metadata that `ditConfigFromMetadata` reads back. */
export const ditMetadata = (config: DitConfig): Record<string, string> => ({
  width: String(config.width),
  depth: String(config.depth),
  heads: String(config.heads),
  patch: String(config.patch),
  image: `${config.channels}x${config.height}x${config.imageWidth}`,
  attributes: JSON.stringify(config.attributes),
});

const parseImage = (text: string): number[] => {
  const sizes = text.split('x').map(Number);
  if (sizes.length === 3) return sizes;
  throw new ModelConfigError(
    `The file does not describe a network: image is ${text}, not channels x height x width.`,
  );
};

const parseAttributes = (text: string | undefined): unknown => {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ModelConfigError('The file does not describe a network: attributes is not JSON.');
  }
};

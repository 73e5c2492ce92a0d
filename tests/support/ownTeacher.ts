import { writeSafetensors } from '../../src/interchange/safetensors';
import { ditConfigSchema, ditMetadata, type DitConfig } from '../../src/models/dit/config';
import { ditLayout } from '../../src/models/dit/parameters';
import { unflattenParameters } from '../../src/models/parameters';
import { randomValues } from './random';

/** A network that no task of ours has: images of 8x8, two attributes. */
export const OWN_NETWORK = ditConfigSchema.parse({
  ...{ width: 8, depth: 1, heads: 2, patch: 4, height: 8, imageWidth: 8 },
  attributes: { shape: 3, colour: 2 },
});

/** A teacher that was never trained, as a file; `more` is added to its metadata, or replaces some. */
export const ownTeacherFile = (
  more: Readonly<Record<string, string>> = {},
  network: DitConfig = OWN_NETWORK,
): Uint8Array<ArrayBuffer> => {
  const layout = ditLayout(network);
  const flat = Float32Array.from(randomValues(layout.size, 5), (value) => 0.2 * value);
  return writeSafetensors(
    [...unflattenParameters(layout, flat)].map(([name, { shape, data }]) => ({
      name,
      shape,
      data,
    })),
    { ...ditMetadata(network), kind: 'teacher', task: 'elsewhere', ...more },
  );
};

import { z } from 'zod';
import { layerNorm } from '../graph/ops/layerNorm';
import { linear } from '../graph/ops/linear';
import { gelu } from '../graph/ops/pointwise';
import { reshape } from '../graph/ops/views';
import { refuseShapes } from '../graph/shape';
import { tensorSize, type Tensor } from '../graph/tensor';
import { layoutParameters, type ParameterLayout, type ParameterSet } from './parameters';

const MAX_WIDTH = 4096;

/** The sizes of an attribute classifier. */
export const classifierConfigSchema = z.strictObject({
  /** Values of one image: channels * height * width. */
  values: z
    .int()
    .min(1)
    .max(4 * 128 * 128),
  /** Units of the first layer. */
  hidden: z.int().min(1).max(MAX_WIDTH),
  /** F, units of the second layer: what Fréchet distance and coverage compare. */
  features: z.int().min(1).max(MAX_WIDTH),
  /** Classes of each attribute, by its name, in the order of the logits. */
  classes: z
    .record(z.string(), z.int().min(2).max(4096))
    .refine((classes) => Object.keys(classes).length > 0, 'at least one attribute is needed'),
});

export type ClassifierConfig = z.output<typeof classifierConfigSchema>;

/** What a classifier says of images. */
export interface ClassifierOutputs {
  /** (B, sum of classes): the attributes side by side, in the order of `classes`. */
  readonly logits: Tensor;
  /** (B, F) */
  readonly features: Tensor;
}

/** Logits of one image: the sum of all attributes' classes. */
export const logitCount = ({ classes }: Pick<ClassifierConfig, 'classes'>): number =>
  Object.values(classes).reduce((sum, count) => sum + count, 0);

/** Parameters: `hidden`, `features` and `head`, each a weight (out, in) and a bias (out). */
export const classifierLayout = (config: ClassifierConfig): ParameterLayout => {
  const layer = (name: string, from: number, to: number) => [
    { name: `${name}.weight`, shape: [to, from] },
    { name: `${name}.bias`, shape: [to] },
  ];
  return layoutParameters([
    ...layer('hidden', config.values, config.hidden),
    ...layer('features', config.hidden, config.features),
    ...layer('head', config.features, logitCount(config)),
  ]);
};

/**
 * Reads all attributes of images (B, C, H, W) at once:
 *
 *   h = LN(GELU(W_1 x + b_1)),  features = GELU(W_2 h + b_2),  logits = W_3 features + b_3
 *
 * Avatars all sit in the same place, so a plain MLP on pixels does. LayerNorm keeps images of odd
 * contrast, as students in training draw them, in range. Throws ShapeError for images of other sizes.
 */
export const classifierOutputs = (
  config: ClassifierConfig,
  parameters: ParameterSet,
  images: Tensor,
): ClassifierOutputs => {
  const batch = images.shape[0] ?? 1;
  if (tensorSize(images) !== batch * config.values) {
    refuseShapes('classifier', [images.shape, [config.values]], 'the second is values an image');
  }
  const layer = (name: string, x: Tensor): Tensor =>
    linear(x, parameters.tensor(`${name}.weight`), parameters.tensor(`${name}.bias`));
  const hidden = layerNorm(gelu(layer('hidden', reshape(images, [batch, config.values]))));
  const features = gelu(layer('features', hidden));
  return { logits: layer('head', features), features };
};

import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import type { DitConfig } from '../../../src/models/dit/config';
import { frequencies, parts } from '../problems/shapes';
import { at, type TensorMap } from './arrays';

/** Velocity (B, 3, H, W) of weights at x (B, 3, H, W), t (B) and prompts (B, A). */
export type TensorflowVelocity = (weights: TensorMap, x: Tensor, t: Tensor, rows: Tensor) => Tensor;

const EPSILON = 1e-5;

const silu = (y: Tensor): Tensor => y.mul(y.sigmoid());

const gelu = (y: Tensor): Tensor => {
  const inner = y.add(y.mul(y).mul(y).mul(0.044715)).mul(Math.sqrt(2 / Math.PI));
  return y.mul(0.5).mul(inner.tanh().add(1));
};

const normalise = (y: Tensor): Tensor => {
  const { mean, variance } = tf.moments(y, -1, true);
  return y.sub(mean).div(variance.add(EPSILON).sqrt());
};

/** The DiT for batches of any size; to be called within `tidy`. */
export const tensorflowVelocity = (config: DitConfig): TensorflowVelocity => {
  const { width, depth, heads } = config;
  const headWidth = width / heads;
  const turns = tf.tensor(frequencies(), [1, 32]);

  return (weights, x, t, rows) => {
    const [batch = 1] = x.shape;
    const { images, grid, patches, tokens, pixels } = parts(config, batch);
    const w = (name: string): Tensor => {
      const found = weights.get(name);
      if (!found) throw new RangeError(`There is no weight ${name}.`);
      return found;
    };
    const linear = (name: string, y: Tensor): Tensor =>
      tf.matMul(y, w(`${name}.weight`), false, true).add(w(`${name}.bias`));
    const attention = (qkv: Tensor): Tensor => {
      const packed = qkv.reshape([batch, tokens, 3, heads, headWidth]);
      const [q, k, v] = tf
        .split(packed.transpose([2, 0, 3, 1, 4]), 3, 0)
        .map((part) => part.reshape([batch, heads, tokens, headWidth])) as Triple;
      const scores = tf.matMul(q, k, false, true).mul(1 / Math.sqrt(headWidth));
      const mixed = tf.matMul(scores.softmax(), v, false, false);
      return mixed.transpose([0, 2, 1, 3]).reshape([batch * tokens, width]);
    };

    const angles = t.reshape([batch, 1]).mul(turns);
    const e = tf.concat([angles.sin(), angles.cos()], 1);
    const time = linear('timeEmbed.fc2', silu(linear('timeEmbed.fc1', e)));
    const c = silu(time.add(tf.gather(w('attrEmbed'), rows).sum(1)));
    const all = linear('modulation', c).reshape([batch, 6 * depth + 2, width]);
    const m = tf.split(all, 6 * depth + 2, 1);
    const perSample = (y: Tensor): Tensor => y.reshape([batch, tokens, width]);
    const modulate = (y: Tensor, index: number): Tensor =>
      normalise(y)
        .mul(at(m, index + 1).add(1))
        .add(at(m, index))
        .reshape([batch * tokens, width]);

    const patched = x.reshape(grid).transpose([0, 2, 4, 1, 3, 5]);
    const embedded = linear('patchEmbed', patched.reshape([batch * tokens, pixels]));
    let y = perSample(embedded).add(w('posEmbed'));
    for (let index = 0; index < depth; index++) {
      const name = `blocks.${index}`;
      const attended = attention(linear(`${name}.attn.qkv`, modulate(y, 6 * index)));
      y = y.add(at(m, 6 * index + 2).mul(perSample(linear(`${name}.attn.out`, attended))));
      const hidden = gelu(linear(`${name}.mlp.fc1`, modulate(y, 6 * index + 3)));
      y = y.add(at(m, 6 * index + 5).mul(perSample(linear(`${name}.mlp.fc2`, hidden))));
    }
    const out = linear('final.linear', modulate(y, 6 * depth));
    return out.reshape(patches).transpose([0, 3, 1, 4, 2, 5]).reshape(images);
  };
};

type Triple = [q: Tensor, k: Tensor, v: Tensor];

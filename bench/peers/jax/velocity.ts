import { nn, numpy as np } from '@jax-js/jax';
import type { Array as JaxArray, Tree } from '@jax-js/jax';
import type { DitConfig } from '../../../src/models/dit/config';
import { frequencies, parts } from '../problems/shapes';
import { at, onDevice, take } from './arrays';

/** Velocity (B, 3, H, W) of weights p at x (B, 3, H, W), t (B) and prompts (B, A). */
export type JaxVelocity = (p: Tree, x: JaxArray, t: JaxArray, rows: JaxArray) => JaxArray;

const LAYER_NORM_AXIS = -1;

const linear = (p: Tree, name: string, x: JaxArray): JaxArray =>
  np.matmul(x, take(p, `${name}.weight`).transpose()).add(take(p, `${name}.bias`));

/** The DiT for batches of any size. */
export const jaxVelocity = (config: DitConfig): JaxVelocity => {
  const { width, depth, heads } = config;
  const headWidth = width / heads;
  const turns = onDevice({ shape: [1, 32], data: frequencies() });

  return (p, x, t, rows) => {
    const batch = x.shape[0] ?? 1;
    const { images, grid, patches, tokens, pixels, tableRows, picks } = parts(config, batch);
    const angles = t.reshape([batch, 1]).mul(turns.ref);
    const e = np.concatenate([np.sin(angles.ref), np.cos(angles)], 1);
    const time = linear(p, 'timeEmbed.fc2', nn.silu(linear(p, 'timeEmbed.fc1', e)));
    const picked = np.sum(nn.oneHot(rows.reshape([batch, picks]), tableRows), 1);
    const c = nn.silu(time.add(np.matmul(picked, take(p, 'attrEmbed'))));
    const all = linear(p, 'modulation', c).reshape([batch, 6 * depth + 2, width]);
    const m = np.split(all, 6 * depth + 2, 1);
    const modulate = (y: JaxArray, index: number): JaxArray => {
      const [shift, scale] = [at(m, index), at(m, index + 1)];
      return nn.standardize(y, LAYER_NORM_AXIS).mul(scale.add(1)).add(shift);
    };

    const patched = x.reshape(grid).transpose([0, 2, 4, 1, 3, 5]).reshape([batch, tokens, pixels]);
    let y = linear(p, 'patchEmbed', patched).add(take(p, 'posEmbed'));
    for (let index = 0; index < depth; index++) {
      const name = `blocks.${index}`;
      const qkv = linear(p, `${name}.attn.qkv`, modulate(y.ref, 6 * index));
      const split = np.split(qkv.reshape([batch, tokens, 3, heads, headWidth]), 3, 2);
      const [q, k, v] = [0, 1, 2].map((part) =>
        at(split, part).reshape([batch, tokens, heads, headWidth]),
      ) as [JaxArray, JaxArray, JaxArray];
      const attended = nn.dotProductAttention(q, k, v).reshape([batch, tokens, width]);
      y = y.add(at(m, 6 * index + 2).mul(linear(p, `${name}.attn.out`, attended)));
      const hidden = nn.gelu(linear(p, `${name}.mlp.fc1`, modulate(y.ref, 6 * index + 3)));
      y = y.add(at(m, 6 * index + 5).mul(linear(p, `${name}.mlp.fc2`, hidden)));
    }
    const out = linear(p, 'final.linear', modulate(y, 6 * depth));
    return out.reshape(patches).transpose([0, 3, 1, 4, 2, 5]).reshape(images);
  };
};

/** mean((v - target)^2) of a velocity, by its weights first. */
export const flowMatchingLoss =
  (velocity: JaxVelocity) =>
  (p: Tree, x: JaxArray, t: JaxArray, rows: JaxArray, target: JaxArray): JaxArray =>
    np.mean(np.square(velocity(p, x, t, rows).sub(target)));

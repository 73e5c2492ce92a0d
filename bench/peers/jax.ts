import { defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import type { Array as JaxArray, Tree } from '@jax-js/jax';
import { frequencies, parts } from './shapes';
import { ADAM, type Contender, type HostTensor, type Problem } from './problem';

const LAYER_NORM_AXIS = -1;

/** jax-js, its whole step under jit. Arguments are consumed, as the library asks of every function. */
export const jaxContender = async (problem: Problem): Promise<Contender> => {
  await init('webgpu');
  defaultDevice('webgpu');
  const { config, batch, tokens } = problem;
  const { width, depth, heads } = config;
  const { grid, patches, pixels, tableRows, picks } = parts(problem);
  const onDevice = ({ shape, data }: HostTensor): JaxArray => np.array(data, { shape: [...shape] });
  const turns = onDevice({ shape: [1, 32], data: frequencies() });

  const linear = (p: Tree, name: string, x: JaxArray): JaxArray =>
    np.matmul(x, take(p, `${name}.weight`).transpose()).add(take(p, `${name}.bias`));

  const velocity = (p: Tree, x: JaxArray, t: JaxArray, rows: JaxArray): JaxArray => {
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
      const split = np.split(qkv.reshape([batch, tokens, 3, heads, width / heads]), 3, 2);
      const [q, k, v] = [0, 1, 2].map((part) =>
        at(split, part).reshape([batch, tokens, heads, width / heads]),
      ) as [JaxArray, JaxArray, JaxArray];
      const attended = nn.dotProductAttention(q, k, v).reshape([batch, tokens, width]);
      y = y.add(at(m, 6 * index + 2).mul(linear(p, `${name}.attn.out`, attended)));
      const hidden = nn.gelu(linear(p, `${name}.mlp.fc1`, modulate(y.ref, 6 * index + 3)));
      y = y.add(at(m, 6 * index + 5).mul(linear(p, `${name}.mlp.fc2`, hidden)));
    }
    const out = linear(p, 'final.linear', modulate(y, 6 * depth));
    return out
      .reshape(patches)
      .transpose([0, 3, 1, 4, 2, 5])
      .reshape([...problem.x.shape]);
  };

  const lossOf = (p: Tree, x: JaxArray, t: JaxArray, rows: JaxArray, target: JaxArray): JaxArray =>
    np.mean(np.square(velocity(p, x, t, rows).sub(target)));

  const forward = jit(velocity);
  const step = jit(
    (
      p: Tree,
      first: Tree,
      second: Tree,
      corrections: Tree,
      ...batchOf: Batch
    ): [JaxArray, State] => {
      const [loss, gradient] = valueAndGrad(lossOf)(tree.ref(p), ...batchOf);
      const next: State = { p: {}, first: {}, second: {} };
      const [c1, c2] = [take(corrections, 'c1'), take(corrections, 'c2')];
      for (const name of Object.keys(p)) {
        const g = take(gradient, name);
        const m = take(first, name)
          .mul(ADAM.beta1)
          .add(g.ref.mul(1 - ADAM.beta1));
        const v = take(second, name)
          .mul(ADAM.beta2)
          .add(np.square(g).mul(1 - ADAM.beta2));
        const root = np.sqrt(v.ref.div(c2.ref)).add(ADAM.epsilon);
        const direction = m.ref.div(c1.ref).div(root);
        next.p[name] = take(p, name).sub(direction.mul(ADAM.learningRate));
        next.first[name] = m;
        next.second[name] = v;
      }
      c1.dispose();
      c2.dispose();
      return [loss, next];
    },
  );

  const weights = [...problem.weights].map(([name, tensor]) => [name, onDevice(tensor)] as const);
  let p: Tree = Object.fromEntries(weights);
  const zeros = (): Tree =>
    Object.fromEntries(weights.map(([name, w]) => [name, np.zerosLike(w.ref)]));
  let [first, second] = [zeros(), zeros()];
  const x = onDevice(problem.x);
  const t = onDevice(problem.t);
  const target = onDevice(problem.target);
  const rows = np.array(problem.rows, { shape: [batch, picks] });
  const scalar = (value: number): JaxArray => np.array(Float32Array.of(value), { shape: [] });
  let steps = 0;
  return {
    name: 'jax-js',
    forward: () => forward(tree.ref(p), x.ref, t.ref, rows.ref).data(),
    step: async () => {
      steps++;
      const corrections = {
        c1: scalar(1 - ADAM.beta1 ** steps),
        c2: scalar(1 - ADAM.beta2 ** steps),
      };
      const [loss, next] = step(p, first, second, corrections, x.ref, t.ref, rows.ref, target.ref);
      ({ p, first, second } = next);
      return (await loss.data())[0] ?? NaN;
    },
  };
};

type Batch = [x: JaxArray, t: JaxArray, rows: JaxArray, target: JaxArray];
interface State {
  p: Tree;
  first: Tree;
  second: Tree;
}

const take = (from: Tree, name: string): JaxArray => {
  const found = from[name];
  if (!found) throw new RangeError(`There is no array ${name}.`);
  return found;
};

const at = (list: readonly JaxArray[], index: number): JaxArray => {
  const found = list[index];
  if (!found) throw new RangeError(`There is no array ${index}.`);
  return found;
};

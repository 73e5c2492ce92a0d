import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import { frequencies, parts } from './shapes';
import { ADAM, type Contender, type HostTensor, type Problem } from './problem';

const EPSILON = 1e-5;

/** TensorFlow.js on its WebGPU backend: eager, it has no jit for training. */
export const tensorflowContender = async (problem: Problem): Promise<Contender> => {
  await tf.setBackend('webgpu');
  await tf.ready();
  const { config, batch, tokens } = problem;
  const { width, depth, heads } = config;
  const { grid, patches, pixels, picks } = parts(problem);
  const onDevice = ({ shape, data }: HostTensor): Tensor => tf.tensor(data, [...shape]);
  const weights = new Map(
    [...problem.weights].map(([name, tensor]) => [name, tf.variable(onDevice(tensor))]),
  );
  const w = (name: string): Tensor => {
    const found = weights.get(name);
    if (!found) throw new RangeError(`There is no weight ${name}.`);
    return found;
  };
  const turns = tf.tensor(frequencies(), [1, 32]);
  const x = onDevice(problem.x);
  const t = onDevice(problem.t);
  const target = onDevice(problem.target);
  const rows = tf.tensor(problem.rows, [batch, picks], 'int32');

  const linear = (name: string, y: Tensor): Tensor =>
    tf.matMul(y, w(`${name}.weight`), false, true).add(w(`${name}.bias`));
  const silu = (y: Tensor): Tensor => y.mul(y.sigmoid());
  const gelu = (y: Tensor): Tensor => {
    const inner = y.add(y.mul(y).mul(y).mul(0.044715)).mul(Math.sqrt(2 / Math.PI));
    return y.mul(0.5).mul(inner.tanh().add(1));
  };
  const normalise = (y: Tensor): Tensor => {
    const { mean, variance } = tf.moments(y, -1, true);
    return y.sub(mean).div(variance.add(EPSILON).sqrt());
  };
  const attention = (qkv: Tensor): Tensor => {
    const packed = qkv.reshape([batch, tokens, 3, heads, width / heads]);
    const [q, k, v] = tf
      .split(packed.transpose([2, 0, 3, 1, 4]), 3, 0)
      .map((part) => part.reshape([batch, heads, tokens, width / heads])) as Triple;
    const scores = tf.matMul(q, k, false, true).mul(1 / Math.sqrt(width / heads));
    const mixed = tf.matMul(scores.softmax(), v, false, false);
    return mixed.transpose([0, 2, 1, 3]).reshape([batch * tokens, width]);
  };

  const velocity = (): Tensor => {
    const angles = t.reshape([batch, 1]).mul(turns);
    const e = tf.concat([angles.sin(), angles.cos()], 1);
    const time = linear('timeEmbed.fc2', silu(linear('timeEmbed.fc1', e)));
    const c = silu(time.add(tf.gather(w('attrEmbed'), rows).sum(1)));
    const all = linear('modulation', c).reshape([batch, 6 * depth + 2, width]);
    const modulations = tf.split(all, 6 * depth + 2, 1);
    const m = (index: number): Tensor => {
      const found = modulations[index];
      if (!found) throw new RangeError(`There is no modulation ${index}.`);
      return found;
    };
    const perSample = (y: Tensor): Tensor => y.reshape([batch, tokens, width]);
    const modulate = (y: Tensor, index: number): Tensor =>
      normalise(y)
        .mul(m(index + 1).add(1))
        .add(m(index))
        .reshape([batch * tokens, width]);

    const patched = x.reshape(grid).transpose([0, 2, 4, 1, 3, 5]);
    const embedded = linear('patchEmbed', patched.reshape([batch * tokens, pixels]));
    let y = perSample(embedded).add(w('posEmbed'));
    for (let index = 0; index < depth; index++) {
      const name = `blocks.${index}`;
      const attended = attention(linear(`${name}.attn.qkv`, modulate(y, 6 * index)));
      y = y.add(m(6 * index + 2).mul(perSample(linear(`${name}.attn.out`, attended))));
      const hidden = gelu(linear(`${name}.mlp.fc1`, modulate(y, 6 * index + 3)));
      y = y.add(m(6 * index + 5).mul(perSample(linear(`${name}.mlp.fc2`, hidden))));
    }
    const out = linear('final.linear', modulate(y, 6 * depth));
    return out
      .reshape(patches)
      .transpose([0, 3, 1, 4, 2, 5])
      .reshape([...problem.x.shape]);
  };

  const optimizer = tf.train.adam(ADAM.learningRate, ADAM.beta1, ADAM.beta2, ADAM.epsilon);
  const readAndFree = async (tensor: Tensor): Promise<Float32Array> => {
    const data = await tensor.data();
    tensor.dispose();
    return data;
  };
  const lossOf = (): Tensor => velocity().sub(target).square().mean();
  return {
    name: 'TensorFlow.js',
    forward: () => readAndFree(tf.tidy(velocity)),
    step: async () => {
      const loss = tf.tidy(() => optimizer.minimize(lossOf, true, [...weights.values()]));
      return (await readAndFree(loss))[0] ?? NaN;
    },
  };
};

type Triple = [q: Tensor, k: Tensor, v: Tensor];

import { add, divide, multiply, negate, subtract } from '../../src/graph/ops/pointwise';
import { concat, reshape } from '../../src/graph/ops/views';
import { read, variable, type Tensor } from '../../src/graph/tensor';
import { ANY_BATCH, GraphBuilder } from '../../src/interchange/onnx/builder';
import { parameterLeaves } from '../../src/interchange/onnx/parameters';
import { traceGraph, type Leaf } from '../../src/interchange/onnx/trace';
import type { ForeignTeacherSpecInput } from '../../src/lab/foreign/spec';
import { ditBackbone } from '../../src/models/dit/backbone';
import { imageShape } from '../../src/models/dit/config';
import { ParameterSet } from '../../src/models/parameters';
import { avatarPrompts } from '../../src/tasks/avatars/attributes';
import { TINY, tinyWeights } from './tinyTeacher';

/** A network of the tiny DiT that says the same in another way: by x_tau, v and tau. */
interface Manner {
  readonly output: string;
  readonly says: (x: Tensor, v: Tensor, tau: Tensor) => Tensor;
  /** tau (B) from the file's own time. */
  readonly tau: (t: Tensor) => Tensor;
  readonly spec: Pick<ForeignTeacherSpecInput, 'prediction' | 'time'>;
  readonly batch?: number;
  /** Twice as many channels, the second half of them meaningless. */
  readonly doubled?: boolean;
}

const perImage = (tau: Tensor): Tensor => reshape(tau, [tau.shape[0] ?? 1, 1, 1, 1]);

/** Ways to say the same velocity; formulas by hand, from x = tau x0 + (1 - tau) eps, v = x0 - eps. */
export const MANNERS = {
  velocity: {
    output: 'velocity',
    says: (_x, v) => v,
    tau: (t) => t,
    spec: { prediction: 'velocity', time: { kind: 'linear', noise: 0, clean: 1 } },
  },
  reversedVelocity: {
    output: 'out',
    says: (_x, v) => negate(v),
    tau: (t) => subtract(1, divide(t, 1000)),
    spec: { prediction: 'reversedVelocity', time: { kind: 'linear', noise: 1000, clean: 0 } },
    batch: 3,
  },
  noise: {
    output: 'eps',
    says: (x, v, tau) => subtract(x, multiply(perImage(tau), v)),
    tau: (t) => subtract(1, divide(t, 1000)),
    spec: { prediction: 'noise', time: { kind: 'linear', noise: 1000, clean: 0 } },
    doubled: true,
  },
  clean: {
    output: 'x0',
    says: (x, v, tau) => add(x, multiply(subtract(1, perImage(tau)), v)),
    tau: (t) => t,
    spec: { prediction: 'clean', time: { kind: 'linear', noise: 0, clean: 1 } },
  },
} satisfies Record<string, Manner>;

export type MannerId = keyof typeof MANNERS;

/** The tiny teacher as an ONNX file that says its velocity in a manner: x, t, prompt. */
export const foreignFile = (id: MannerId, seed = 1): Uint8Array<ArrayBuffer> => {
  const manner: Manner = MANNERS[id];
  const size = manner.batch ?? ANY_BATCH;
  const backbone = ditBackbone(TINY);
  const parameters = new ParameterSet('foreign', backbone.layout);
  const x = variable('x', imageShape(TINY, size));
  const t = variable('t', [size]);
  const rows = variable('rows', [size, backbone.promptRows], 'i32');
  const tau = manner.tau(read(t));
  const v = backbone.velocity(parameters)({ x: read(x), t: tau, rows: read(rows) });
  const said = manner.says(read(x), v, tau);
  const result = manner.doubled ? concat([said, negate(said)], 1) : said;

  const builder = new GraphBuilder();
  const names = new Map([
    [x, builder.input('sample', 'float32', x.shape, '')],
    [t, builder.input('timestep', 'float32', t.shape, '')],
  ]);
  const ids = builder.input('prompt', 'int64', rows.shape, '');
  names.set(rows, builder.node('Add', [ids, builder.integers(avatarPrompts.rowOffsets)]));
  const weights = { layout: backbone.layout, flat: tinyWeights(seed) };
  const parameter = parameterLeaves(builder, parameters.flat, weights, 'float32');
  const [value = ''] = traceGraph(builder, [result], (leaf): Leaf => {
    const input = names.get(leaf);
    return input === undefined ? parameter(leaf) : { value: input };
  });
  builder.output(manner.output, value, result.shape, '');
  return builder.write({ name: 'foreign', description: '', version: '0', metadata: {} });
};

/** How such a file is to be described. */
export const foreignSpec = (id: MannerId): ForeignTeacherSpecInput => ({
  ...MANNERS[id].spec,
  inputs: { x: 'sample', t: 'timestep', condition: 'prompt' },
  output: MANNERS[id].output,
  condition: {
    kind: 'ids',
    attributes: avatarPrompts.attributes.map(({ name }) => name),
    open: [...avatarPrompts.nullPrompt],
  },
});

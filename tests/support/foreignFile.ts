import { embeddingSum } from '../../src/graph/ops/embedding';
import { add, divide, multiply, negate, subtract } from '../../src/graph/ops/pointwise';
import { concat, reshape } from '../../src/graph/ops/views';
import { read, variable, type Tensor } from '../../src/graph/tensor';
import { ANY_BATCH, GraphBuilder } from '../../src/interchange/onnx/builder';
import { parameterLeaves } from '../../src/interchange/onnx/parameters';
import { traceGraph, type Leaf } from '../../src/interchange/onnx/trace';
import type { ForeignTeacherSpecInput } from '../../src/lab/foreign/spec';
import { ditBackbone } from '../../src/models/dit/backbone';
import type { Velocity } from '../../src/models/backbone';
import { layoutParameters, ParameterSet, type ParameterLayout } from '../../src/models/parameters';
import { avatarPrompts } from '../../src/tasks/avatars/attributes';
import type { PromptSpace } from '../../src/tasks/promptSpace';
import { TINY_TASK } from './tinyTeaching';
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

/** Whose velocity a file says, and for what. */
interface Subject {
  /** One image. */
  readonly shape: readonly number[];
  readonly prompts: PromptSpace;
  readonly layout: ParameterLayout;
  readonly flat: Float32Array<ArrayBuffer>;
  readonly velocity: (parameters: ParameterSet) => Velocity;
}

const tinyDit = (seed: number): Subject => {
  const { layout, velocity, sampleShape } = ditBackbone(TINY);
  const flat = tinyWeights(seed);
  return { shape: sampleShape, prompts: avatarPrompts, layout, flat, velocity };
};

const EDGE = TINY_TASK.size;
const LEVELS = [-0.8, 0, 0.8];
const PLANE = EDGE * EDGE;

/** A row of each value's part of the image: red is 0, 1, 2 or any, blue 0, 1 or any. */
const plainTable = (): Float32Array<ArrayBuffer> => {
  const table = new Float32Array(TINY_TASK.prompts.rowCount * 3 * PLANE);
  const paint = (row: number, channel: number, level = 0) => {
    table.fill(level, (3 * row + channel) * PLANE, (3 * row + channel + 1) * PLANE);
  };
  [0, 1, 2].forEach((value) => paint(value, 0, LEVELS[value]));
  [0, 2].forEach((level, value) => paint(4 + value, 2, LEVELS[level]));
  return table;
};

/** A teacher of plain images that knows all of them: a full prompt names one image, and that is x0. */
const plainTeacher = (): Subject => {
  const flat = plainTable();
  const layout = layoutParameters([
    { name: 'table', shape: [TINY_TASK.prompts.rowCount, 3 * PLANE] },
  ]);
  return {
    shape: [3, EDGE, EDGE],
    prompts: TINY_TASK.prompts,
    layout,
    flat,
    velocity:
      (parameters) =>
      ({ x, t, rows }) => {
        const clean = reshape(embeddingSum(parameters.tensor('table'), rows), x.shape);
        return divide(subtract(clean, x), subtract(1, perImage(t)));
      },
  };
};

/** An ONNX file with the inputs sample, timestep, prompt that says a velocity in a manner. */
const writeSubject = (id: MannerId, subject: Subject): Uint8Array<ArrayBuffer> => {
  const manner: Manner = MANNERS[id];
  const size = manner.batch ?? ANY_BATCH;
  const parameters = new ParameterSet('foreign', subject.layout);
  const x = variable('x', [size, ...subject.shape]);
  const t = variable('t', [size]);
  const rows = variable('rows', [size, subject.prompts.attributes.length], 'i32');
  const tau = manner.tau(read(t));
  const v = subject.velocity(parameters)({ x: read(x), t: tau, rows: read(rows) });
  const said = manner.says(read(x), v, tau);
  const result = manner.doubled ? concat([said, negate(said)], 1) : said;

  const builder = new GraphBuilder();
  const names = new Map([
    [x, builder.input('sample', 'float32', x.shape, '')],
    [t, builder.input('timestep', 'float32', t.shape, '')],
  ]);
  const ids = builder.input('prompt', 'int64', rows.shape, '');
  names.set(rows, builder.node('Add', [ids, builder.integers(subject.prompts.rowOffsets)]));
  const parameter = parameterLeaves(builder, parameters.flat, subject, 'float32');
  const [value = ''] = traceGraph(builder, [result], (leaf): Leaf => {
    const input = names.get(leaf);
    return input === undefined ? parameter(leaf) : { value: input };
  });
  builder.output(manner.output, value, result.shape, '');
  return builder.write({ name: 'foreign', description: '', version: '0', metadata: {} });
};

/** The tiny teacher as an ONNX file. */
export const foreignFile = (id: MannerId, seed = 1): Uint8Array<ArrayBuffer> =>
  writeSubject(id, tinyDit(seed));

/** A perfect teacher of the tiny task as an ONNX file. */
export const plainFile = (id: MannerId): Uint8Array<ArrayBuffer> =>
  writeSubject(id, plainTeacher());

/** How such a file is to be described. */
export const foreignSpec = (
  id: MannerId,
  prompts: PromptSpace = avatarPrompts,
): ForeignTeacherSpecInput => ({
  ...MANNERS[id].spec,
  inputs: { x: 'sample', t: 'timestep', condition: 'prompt' },
  output: MANNERS[id].output,
  condition: {
    kind: 'ids',
    attributes: prompts.attributes.map(({ name }) => name),
    open: [...prompts.nullPrompt],
  },
});

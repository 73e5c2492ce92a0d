import { studentTimes } from '../../distill/schedule';
import type { Shape } from '../../graph/shape';
import { ANY_BATCH, GraphBuilder } from '../../interchange/onnx/builder';
import { OnnxError } from '../../interchange/onnx/error';
import { parameterLeaves, type WeightPrecision } from '../../interchange/onnx/parameters';
import { traceGraph, type Leaf } from '../../interchange/onnx/trace';
import { ditMetadata, imageShape } from '../../models/dit/config';
import type { OnnxValue } from '../../interchange/onnx/session';
import type { Prompt, PromptSpace } from '../../tasks/promptSpace';
import { WEIGHTS_LICENCE } from '../licence';
import type { Student } from '../studentFile';
import { CODE_VERSION } from '../version';
import { studentGraph, type StudentForm } from './studentGraph';

const MAX_BATCH = 4096;

/** How a student is written as ONNX. */
export interface StudentOnnxOptions {
  /** One clean prediction, or the whole sampler of as many steps as the student was trained for. */
  readonly form: StudentForm;
  /** Images a run: 1 to 4096, or any number. */
  readonly batch: number | 'dynamic';
  readonly precision: WeightPrecision;
}

const SAMPLES = {
  network: {
    name: 'x_t',
    text: 'Noisy images x_t = t x + (1 - t) noise, values about -1 to 1; at t = 0 pure noise.',
  },
  generator: {
    name: 'noise',
    text: 'Standard normal numbers: the initial noise, then that of each renoising.',
  },
} as const;

/**
 * A student as the bytes of an ONNX file (opset 17).
 *
 * - network: `x_t` (B, C, H, W), `t` (B), `prompt` int64 (B, A) to `x0` (B, C, H, W), the clean
 *   prediction, about -1 to 1.
 * - generator: `noise` (N, B, C, H, W), `prompt` int64 (B, A) to `image` (B, C, H, W) in [0, 1].
 *
 * A prompt gives each attribute the id of a value; the number of values, or any negative id, leaves it
 * open. Throws OnnxError for a batch out of range, or weights that float16 cannot hold.
 */
export const studentOnnx = (
  student: Student,
  { form, batch, precision }: StudentOnnxOptions,
): Uint8Array<ArrayBuffer> => {
  const size = batch === 'dynamic' ? ANY_BATCH : checkBatch(batch);
  const { task, network, flat, config } = student;
  const graph = studentGraph(network, form, config.student.steps, size);
  const { layout, flat: variable } = graph.parameters;

  const builder = new GraphBuilder();
  const { name, text } = SAMPLES[form];
  const inputs = new Map([
    [graph.samples, builder.input(name, 'float32', graph.samples.shape, text)],
    ...(graph.t ? [[graph.t, builder.input('t', 'float32', graph.t.shape, TIME)] as const] : []),
    [graph.rows, promptRows(builder, task.prompts, graph.rows.shape)],
  ]);
  const parameter = parameterLeaves(builder, variable, { layout, flat }, precision);
  const [images = ''] = traceGraph(builder, [graph.images], (leaf): Leaf => {
    const input = inputs.get(leaf);
    return input === undefined ? parameter(leaf) : { value: input };
  });
  const shape = imageShape(network, size);
  if (form === 'network') builder.output('x0', images, shape, 'Clean predictions, about -1 to 1.');
  else builder.output('image', toUnit(builder, images), shape, 'Images in [0, 1], clipped.');
  return builder.write({
    name: `${task.id}-student-${form}`,
    description: `A ${stepsText(config.student.steps)} student of “${task.title}”, distilled by Spear & Shield. t = 0 is noise, t = 1 is clean.`,
    version: CODE_VERSION,
    metadata: studentMetadata(student, { form, batch, precision }),
  });
};

const TIME = 'Times: 0 is pure noise, 1 is clean.';

const stepsText = (steps: number): string => (steps === 1 ? 'one-step' : `${steps}-step`);

const checkBatch = (batch: number): number => {
  if (Number.isInteger(batch) && batch >= 1 && batch <= MAX_BATCH) return batch;
  throw new OnnxError(
    `The batch must be a whole number from 1 to ${MAX_BATCH}, or dynamic; got ${batch}.`,
  );
};

/** Ids (B, A) as rows of the one embedding table. */
const promptRows = (builder: GraphBuilder, prompts: PromptSpace, shape: Shape): string => {
  const values = prompts.attributes.map(({ name, values }) => `${name} 0 to ${values.length - 1}`);
  const ids = builder.input(
    'prompt',
    'int64',
    shape,
    `A value of each attribute: ${values.join(', ')}. The next number, or -1, leaves it open.`,
  );
  builder.scope = 'prompt';
  const open = builder.node('Less', [ids, builder.integers(0)]);
  const known = builder.node('Where', [open, builder.integers(prompts.nullPrompt), ids]);
  return builder.node('Add', [known, builder.integers(prompts.rowOffsets)]);
};

/** Prompts as a file's input: ids by attribute, int64 (B, A). */
export const promptInput = (
  { attributes }: PromptSpace,
  prompts: readonly Prompt[],
): OnnxValue => ({
  type: 'int64',
  shape: [prompts.length, attributes.length],
  data: BigInt64Array.from(prompts.flat(), BigInt),
});

/** From [-1, 1] to [0, 1], clipped. */
const toUnit = (builder: GraphBuilder, images: string): string => {
  builder.scope = 'image';
  const half = builder.floats(0.5);
  const unit = builder.node('Add', [builder.node('Mul', [images, half]), half]);
  return builder.node('Clip', [unit, builder.floats(0), builder.floats(1)]);
};

const studentMetadata = (
  { task, network, weights, iteration, config }: Student,
  { form, batch, precision }: StudentOnnxOptions,
): Record<string, string> => ({
  ...ditMetadata(network),
  role: 'student',
  form,
  batch: String(batch),
  precision,
  task: task.id,
  prompts: JSON.stringify(
    task.prompts.attributes.map(({ name, title, values }) => ({
      name,
      title,
      values: values.map((value) => value.name),
    })),
  ),
  steps: String(config.student.steps),
  times: JSON.stringify(studentTimes(config.student.steps)),
  prediction: 'x0 = x_t + (1 - t) v(x_t, t), v = x - noise; t = 0 noise, t = 1 clean',
  weights,
  iteration: String(iteration),
  seed: String(config.seed),
  config: JSON.stringify(config),
  licence: WEIGHTS_LICENCE,
  credits: JSON.stringify(task.credits),
  codeVersion: CODE_VERSION,
});

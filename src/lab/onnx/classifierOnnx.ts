import { PhiloxStream } from '../../graph/philox';
import { read, variable, type Variable } from '../../graph/tensor';
import { ANY_BATCH, GraphBuilder } from '../../interchange/onnx/builder';
import { parameterLeaves } from '../../interchange/onnx/parameters';
import { traceGraph } from '../../interchange/onnx/trace';
import {
  classifierLayout,
  classifierOutputs,
  type ClassifierOutputs,
} from '../../models/classifier';
import { ParameterSet } from '../../models/parameters';
import type { ClassifierFile } from '../../tasks/classifierFile';
import type { ImageTask } from '../../tasks/task';
import { WEIGHTS_LICENCE } from '../licence';
import { CODE_VERSION } from '../version';
import { compareWithEngine, type Verification, type VerifyRuntime } from './verify';

/** Images a run of a verification. */
const IMAGES = 8;
const TOLERANCE = 1e-4;

interface ClassifierGraph extends ClassifierOutputs {
  readonly parameters: ParameterSet;
  /** (B, 3, size, size) */
  readonly images: Variable;
}

const classifierGraph = (
  { size }: ImageTask,
  { config }: ClassifierFile,
  batch: number,
): ClassifierGraph => {
  const parameters = new ParameterSet('classifier', classifierLayout(config));
  const images = variable('image', [batch, 3, size, size]);
  return { parameters, images, ...classifierOutputs(config, parameters, read(images)) };
};

/**
 * A task's attribute classifier as the bytes of an ONNX file (opset 17), for any batch: `image`
 * (B, 3, size, size), values -1 to 1, to `logits` (B, sum of classes), the attributes side by side in
 * the order of the metadata's `classes`, and `features` (B, F), what Fréchet distance compares.
 */
export const classifierOnnx = (
  task: ImageTask,
  classifier: ClassifierFile,
): Uint8Array<ArrayBuffer> => {
  const { config, flat, accuracy } = classifier;
  const graph = classifierGraph(task, classifier, ANY_BATCH);
  const { layout, flat: parameters } = graph.parameters;
  const builder = new GraphBuilder();
  const { shape } = graph.images;
  const image = builder.input('image', 'float32', shape, 'Images, values -1 to 1.');
  const parameter = parameterLeaves(builder, parameters, { layout, flat }, 'float32');
  const outputs = [graph.logits, graph.features];
  const [logits = '', features = ''] = traceGraph(builder, outputs, (leaf) =>
    leaf === graph.images ? { value: image } : parameter(leaf),
  );
  const order = Object.entries(config.classes).map(([name, classes]) => `${name} ${classes}`);
  builder.output('logits', logits, graph.logits.shape, `Side by side: ${order.join(', ')}.`);
  builder.output('features', features, graph.features.shape, 'The layer before the logits.');
  return builder.write({
    name: `${task.id}-classifier`,
    description: `The attribute classifier of “${task.title}”.`,
    version: CODE_VERSION,
    metadata: {
      role: 'classifier',
      task: task.id,
      classes: JSON.stringify(config.classes),
      accuracy: JSON.stringify(accuracy),
      config: JSON.stringify(config),
      licence: WEIGHTS_LICENCE,
      credits: JSON.stringify(task.credits),
      codeVersion: CODE_VERSION,
    },
  });
};

/** Runs a classifier's file and the classifier on the same images of noise. As `verifyStudent`. */
export const verifyClassifier = (
  runtime: VerifyRuntime,
  task: ImageTask,
  classifier: ClassifierFile,
  file: Uint8Array<ArrayBuffer>,
  seed = 1,
): Promise<Verification> => {
  const { parameters, images, logits, features } = classifierGraph(task, classifier, IMAGES);
  const random = new PhiloxStream(seed, 0, 0);
  const data = Float32Array.from({ length: IMAGES * classifier.config.values }, () =>
    Math.tanh(random.normal()),
  );
  return compareWithEngine(runtime, file, {
    outputs: { logits, features },
    held: [
      [parameters.flat, classifier.flat],
      [images, data],
    ],
    inputs: { image: { type: 'float32', shape: images.shape, data } },
    images: IMAGES,
    tolerance: TOLERANCE,
  });
};

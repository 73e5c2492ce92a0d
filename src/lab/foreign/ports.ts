import type { OnnxPort, OnnxSession } from '../../interchange/onnx/session';
import type { ImageTask } from '../../tasks/task';
import {
  CONDITION_TYPES,
  conditionEncoder,
  conditionWidth,
  type ConditionType,
  type Encoder,
} from './condition';
import { holdsImages, holdsNumbers, holdsTimes, inputWidth, portText } from './declared';
import { ForeignTeacherError } from './inspection';
import type { ForeignTeacherSpec } from './spec';

/** An input that is given by the host: its declaration, and the type that it is given in. */
interface HostPort {
  readonly port: OnnxPort;
  readonly type: ConditionType;
}

/** Where a description and a file come together. */
export interface Ports {
  readonly x: OnnxPort;
  readonly t: HostPort;
  readonly condition: (HostPort & { readonly encode: Encoder; readonly width: number }) | null;
  /** Channels of the output that are the prediction, and all of them. */
  readonly channels: readonly [number, number];
}

/** The shape of an input of one number, or `width` numbers, a sample. */
export const shapeFor = ({ shape }: OnnxPort, batch: number, width: number): readonly number[] => {
  if (shape.length === 0) return [];
  return shape.length === 1 ? [batch] : [batch, width];
};

/** Samples that a file takes at once; null: any number. */
export const fixedBatch = ({ x, t, condition }: Ports): number | null => {
  const first = [x, t.port, condition?.port].flatMap((port) => (port ? [port.shape[0] ?? 1] : []));
  return first.find((size) => typeof size === 'number') ?? null;
};

const portNamed = (ports: readonly OnnxPort[], name: string, what: string): OnnxPort => {
  const port = ports.find((one) => one.name === name);
  if (port) return port;
  throw new ForeignTeacherError(
    `This network has no ${what} “${name}”; it has ${ports.map(portText).join('; ')}.`,
  );
};

const typeOf = (port: OnnxPort): ConditionType => {
  const type = CONDITION_TYPES.find((one) => one === port.type);
  if (type) return type;
  throw new ForeignTeacherError(
    `The input ${portText(port)} must be of ${CONDITION_TYPES.join(', ')}; export the network so.`,
  );
};

/** Brings a description and a file together. Throws ForeignTeacherError or ForeignSpecError. */
export const portsOf = (session: OnnxSession, spec: ForeignTeacherSpec, task: ImageTask): Ports => {
  const { inputs, outputs } = session;
  const named = Object.values(spec.inputs).filter((name) => name !== null);
  const unused = inputs.find(({ name }) => !named.includes(name));
  if (unused) {
    throw new ForeignTeacherError(
      `The input ${portText(unused)} is given nothing; say what it is.`,
    );
  }
  if (new Set(named).size < named.length) {
    throw new ForeignTeacherError('One input is described as two; each must be named once.');
  }
  const x = portNamed(inputs, spec.inputs.x, 'input');
  if (x.type !== 'float32' || !holdsImages(x, task)) {
    throw new ForeignTeacherError(
      `The input ${portText(x)} does not take images of “${task.title}”, float32 [batch, 3, ${task.size}, ${task.size}].`,
    );
  }
  const t = portNamed(inputs, spec.inputs.t, 'input');
  if (!holdsTimes(t)) {
    throw new ForeignTeacherError(
      `The input ${portText(t)} does not take a time, one number or one for each image.`,
    );
  }
  const output = portNamed(outputs, spec.output, 'output');
  const factor = holdsImages(output, task) ? 1 : 2;
  if (output.type !== 'float32' || !holdsImages(output, task, factor)) {
    throw new ForeignTeacherError(
      `The output ${portText(output)} does not give images of “${task.title}”, float32 [batch, 3, ${task.size}, ${task.size}].`,
    );
  }
  return {
    x,
    t: { port: t, type: typeOf(t) },
    condition: conditionPort(inputs, spec, task),
    channels: [3, 3 * factor],
  };
};

const conditionPort = (
  inputs: readonly OnnxPort[],
  spec: ForeignTeacherSpec,
  { prompts }: ImageTask,
): Ports['condition'] => {
  if (spec.condition === null || spec.inputs.condition === null) return null;
  const port = portNamed(inputs, spec.inputs.condition, 'input');
  const width = conditionWidth(spec.condition, prompts);
  const declared = inputWidth(port);
  if (!holdsNumbers(port) || (declared !== null && declared !== width)) {
    throw new ForeignTeacherError(
      `The condition ${portText(port)} does not take ${width} ${width === 1 ? 'number' : 'numbers'} for each image, as described.`,
    );
  }
  return { port, type: typeOf(port), encode: conditionEncoder(spec.condition, prompts), width };
};

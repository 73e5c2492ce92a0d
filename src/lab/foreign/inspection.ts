import type { OnnxPort } from '../../interchange/onnx/session';
import type { ImageTask } from '../../tasks/task';
import { holdsImages, holdsTimes, inputWidth, portText } from './declared';
import type { ForeignTeacherSpec, ForeignTeacherSpecInput } from './spec';

/** A file that cannot be a teacher here; the message says why, and what would be one. */
export class ForeignTeacherError extends Error {
  override readonly name = 'ForeignTeacherError';
}

/** What a person must say, because the file does not. */
export const FOREIGN_FIELDS = ['inputs', 'output', 'prediction', 'time', 'condition'] as const;
export type ForeignField = (typeof FOREIGN_FIELDS)[number];

/** What a file declares, and what it seems to mean. */
export interface ForeignDraft {
  readonly inputs: readonly OnnxPort[];
  readonly outputs: readonly OnnxPort[];
  /** The best guess of everything. */
  readonly spec: ForeignTeacherSpecInput;
  /** What of it is a guess that the file does not bear out. */
  readonly asked: readonly ForeignField[];
}

const TIME_NAME = /^(t|tau|time|times|timestep|timesteps|time_?step|sigma|sigmas|noise_?level)$/i;
const SIGMA_NAME = /sigma|noise_?level/i;

/** The first that fits best: by name and form, or by form alone. */
const best = <Item>(
  items: readonly Item[],
  fits: (item: Item) => boolean,
  named: (item: Item) => boolean,
) => {
  const candidates = items.filter(fits);
  const byName = candidates.filter(named);
  return { item: byName[0] ?? candidates[0], sure: byName.length === 1 || candidates.length === 1 };
};

const predictionOf = (output: string): ForeignTeacherSpec['prediction'] | null => {
  if (/^(x_?0|clean|denoised|pred_?x_?0|original)$/i.test(output)) return 'clean';
  if (/^(eps|epsilon|noise|noise_?pred)$/i.test(output)) return 'noise';
  if (/^(v|velocity|flow)$/i.test(output)) return 'velocity';
  return null;
};

const conditionOf = (
  port: OnnxPort,
  { prompts }: Pick<ImageTask, 'prompts'>,
): { readonly condition: ForeignTeacherSpecInput['condition']; readonly sure: boolean } => {
  const names = prompts.attributes.map(({ name }) => name);
  const [first = ''] = names;
  const width = inputWidth(port);
  const counts = Object.values(prompts.valueCounts);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (port.type !== 'float32') {
    const attributes = width === names.length || names.length === 1 ? names : [first];
    const open = attributes.map((name) => prompts.valueCounts[name] ?? 0);
    return { condition: { kind: 'ids', attributes, open }, sure: false };
  }
  const places = width === total + counts.length;
  const sure = places || width === total;
  return {
    condition: { kind: 'oneHot', attributes: names, open: places ? 'place' : 'zeros' },
    sure,
  };
};

/** Throws ForeignTeacherError for what no description can make usable. */
const checkPorts = (
  inputs: readonly OnnxPort[],
  outputs: readonly OnnxPort[],
  { title, size }: Pick<ImageTask, 'title' | 'size'>,
): void => {
  const listed = (ports: readonly OnnxPort[]) => ports.map(portText).join('; ');
  const half = [...inputs, ...outputs].find(({ type }) => type === 'float16');
  if (half) {
    throw new ForeignTeacherError(
      `This network takes or gives half precision (${portText(half)}). Export it with float32 inputs and outputs; its weights may stay in float16.`,
    );
  }
  if (inputs.length < 2 || inputs.length > 3) {
    throw new ForeignTeacherError(
      `A teacher takes noisy images, a time and, at most, a condition; this network takes ${inputs.length}: ${listed(inputs)}. Export it with these inputs alone.`,
    );
  }
  if (!inputs.some((port) => port.type === 'float32' && holdsImages(port, { size }))) {
    throw new ForeignTeacherError(
      `No input takes the images of “${title}”, float32 [batch, 3, ${size}, ${size}]; the inputs are ${listed(inputs)}.`,
    );
  }
  if (!inputs.some(holdsTimes)) {
    throw new ForeignTeacherError(
      `No input takes a time, one number or one for each image; the inputs are ${listed(inputs)}.`,
    );
  }
};

/**
 * Reads off the declared inputs and outputs what can be known of a teacher for a task, and guesses the
 * rest. Throws ForeignTeacherError for a network that no description can make a teacher of.
 */
export const inspectForeign = (
  ports: { readonly inputs: readonly OnnxPort[]; readonly outputs: readonly OnnxPort[] },
  task: ImageTask,
): ForeignDraft => {
  const { inputs, outputs } = ports;
  checkPorts(inputs, outputs, task);
  const x = best(
    inputs,
    (port) => port.type === 'float32' && holdsImages(port, task),
    ({ name }) => /^(x|x_?t|sample|noisy.*|images?|latents?)$/i.test(name),
  );
  const others = inputs.filter((port) => port !== x.item);
  const t = best(others, holdsTimes, ({ name }) => TIME_NAME.test(name));
  const output = best(
    outputs,
    (port) => port.type === 'float32' && (holdsImages(port, task) || holdsImages(port, task, 2)),
    ({ name }) => predictionOf(name) !== null,
  );
  if (!x.item || !t.item || !output.item) {
    throw new ForeignTeacherError(
      `No output gives images of “${task.title}”, float32 [batch, 3, ${task.size}, ${task.size}]; the outputs are ${outputs.map(portText).join('; ')}.`,
    );
  }
  const rest = others.find((port) => port !== t.item);
  const condition = rest ? conditionOf(rest, task) : { condition: null, sure: true };
  const prediction = predictionOf(output.item.name);
  const isSigma = SIGMA_NAME.test(t.item.name);
  const isInteger = t.item.type !== 'float32';
  const curved = isSigma || isInteger;
  const asked = (
    [
      ['inputs', x.sure && t.sure],
      ['output', output.sure],
      ['prediction', prediction !== null],
      ['time', isSigma],
      ['condition', condition.sure],
    ] as const
  ).flatMap(([field, sure]) => (sure ? [] : [field]));
  return {
    inputs,
    outputs,
    spec: {
      version: 1,
      inputs: { x: x.item.name, t: t.item.name, condition: rest?.name ?? null },
      output: output.item.name,
      prediction: prediction ?? (curved ? 'noise' : 'velocity'),
      time: isSigma
        ? { kind: 'sigma' }
        : isInteger
          ? { kind: 'variancePreserving' }
          : { kind: 'linear', noise: 0, clean: 1 },
      condition: condition.condition,
    },
    asked,
  };
};

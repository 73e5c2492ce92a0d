import { OnnxError } from '../../interchange/onnx/error';
import { OnnxSession, type LoadOnnxRuntime } from '../../interchange/onnx/session';
import { ForeignTeacherError } from './inspection';
import { reasonOf } from '../../interchange/reason';

/** Largest file in bytes: it is held once here and once by the runtime, whose memory ends at 4 GB. */
const MOST_BYTES = 1e9;

/** What the runtime says of files that it refuses, and what a person can do about each. */
const REASONS: readonly (readonly [RegExp, (found: string, most?: string) => string])[] = [
  [
    /protobuf parsing failed|No graph was found/,
    () => 'This is no ONNX file, or only a part of one. Choose the .onnx file of the network.',
  ],
  [
    /Failed to load external data/,
    () =>
      'This file keeps its weights in a second file, which cannot be read here. Save the network with all weights in the .onnx file.',
  ],
  [
    /Opset (\d+) is under development.* till opset (\d+)/s,
    (opset, most) =>
      `This file is of opset ${opset}; files up to opset ${most} can be read. Export it with opset 17.`,
  ],
  [
    /Unsupported model IR version: (\d+), max supported IR version: (\d+)/,
    (version, most) =>
      `This file is of ONNX format ${version}; formats up to ${most} can be read. Export it with an older version of ONNX.`,
  ],
  [
    /(?:No Op registered for|No opset import for domain|Could not find an implementation for) '?([\w.:]+)/,
    (operator) =>
      `ONNX Runtime does not know “${operator}”, which this file uses. Export it with standard operators, opset 17.`,
  ],
  [
    /out of memory|out of bounds|bad_alloc|allocation failed/i,
    () =>
      'There is no memory for this network. Choose a smaller one, or export it with float16 weights.',
  ],
];

const explain = (error: unknown): string => {
  const text = reasonOf(error);
  for (const [pattern, say] of REASONS) {
    const found = pattern.exec(text);
    if (found) return say(found[1] ?? '', found[2]);
  }
  return `${text.slice(0, 400)} Export the network anew, with opset 17 and float32 inputs and outputs.`;
};

/**
 * Opens a network made elsewhere, on `device` where the runtime can use it. Whoever opens it destroys
 * it. Throws ForeignTeacherError for a file that the runtime cannot run.
 */
export const openForeignSession = async (
  file: ArrayBuffer,
  load: LoadOnnxRuntime,
  device?: GPUDevice,
): Promise<OnnxSession> => {
  if (file.byteLength > MOST_BYTES) {
    throw new ForeignTeacherError(
      `This file has ${(file.byteLength / 1e9).toFixed(1)} GB; networks up to ${MOST_BYTES / 1e9} GB can be used. Export it with float16 weights, or choose a smaller one.`,
    );
  }
  try {
    return await OnnxSession.open(new Uint8Array(file), load, device);
  } catch (error) {
    if (!(error instanceof OnnxError)) throw error;
    throw new ForeignTeacherError(explain(error), { cause: error });
  }
};

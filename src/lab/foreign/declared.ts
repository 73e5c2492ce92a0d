import type { OnnxPort } from '../../interchange/onnx/session';
import type { ImageTask } from '../../tasks/task';

/** What an ONNX file declares of its inputs and outputs, and what these can hold. */

const NOUNS: Readonly<Record<string, string>> = { float16: 'half precision' };

/** A port in words: `sample float32 [batch, 3, 16, 16]`. */
export const portText = ({ name, type, shape }: OnnxPort): string =>
  `${name} ${type}${NOUNS[type] ? ` (${NOUNS[type]})` : ''} [${shape.join(', ')}]`;

/** Whether a port holds images of the task, with `factor` times its channels. */
export const holdsImages = (
  { shape }: OnnxPort,
  { size }: Pick<ImageTask, 'size'>,
  factor = 1,
): boolean => {
  const [, channels, height, width] = shape;
  const fits = (given: number | string | undefined, wanted: number) =>
    typeof given === 'string' || given === wanted;
  return (
    shape.length === 4 && fits(channels, 3 * factor) && fits(height, size) && fits(width, size)
  );
};

/** Whether a port holds one number, or one or more for each sample: (), (B) or (B, D). */
export const holdsNumbers = ({ shape }: OnnxPort): boolean => shape.length <= 2;

/** Numbers that an input takes for each image: D of (B, D), else 1; null where the file leaves D open. */
export const inputWidth = ({ shape }: OnnxPort): number | null => {
  if (shape.length < 2) return 1;
  const [, width] = shape;
  return typeof width === 'number' ? width : null;
};

/** Whether a port may hold the time: one number, or one for each sample. */
export const holdsTimes = (port: OnnxPort): boolean =>
  ['float32', 'int64', 'int32'].includes(port.type) && holdsNumbers(port) && inputWidth(port) === 1;

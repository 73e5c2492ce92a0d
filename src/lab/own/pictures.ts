import {
  parseSafetensors,
  SafetensorsError,
  writeSafetensors,
} from '../../interchange/safetensors';
import { countPrompts, OwnTaskError, type OwnDefinition } from '../../tasks/own/definition';
import type { OwnPictures } from '../../tasks/own/images';

/** A visitor's pictures as a file: what the browser keeps, and what Workers get. */

const KIND = 'own pictures';
const WORD = Int32Array.BYTES_PER_ELEMENT;

/** Pictures as the bytes of a safetensors file: `pixels` as words of four bytes, `prompts` (n, attributes). */
export const writeOwnPictures = ({
  size,
  pixels,
  prompts,
}: OwnPictures): Uint8Array<ArrayBuffer> => {
  const words = new Int32Array(Math.ceil(pixels.length / WORD));
  new Uint8Array(words.buffer).set(pixels);
  const ids = Int32Array.from(prompts.flat());
  const count = prompts.length;
  return writeSafetensors(
    [
      { name: 'pixels', shape: [words.length], data: words },
      { name: 'prompts', shape: [count, ids.length / count], data: ids },
    ],
    { kind: KIND, version: '1', size: String(size) },
  );
};

/** The file as the definition describes it. Throws OwnTaskError. */
export const readOwnPictures = (
  bytes: Uint8Array<ArrayBuffer>,
  { title, size, attributes, pictures }: OwnDefinition,
): OwnPictures => {
  const refuse = (reason: string, cause?: unknown): never => {
    throw new OwnTaskError(
      `The pictures of “${title}” cannot be read: ${reason}. Bring them again.`,
      { cause },
    );
  };
  try {
    const { metadata, tensors } = parseSafetensors(bytes);
    if (metadata['kind'] !== KIND || metadata['version'] !== '1') {
      return refuse('this is another file, or one of another version');
    }
    const [pixels, prompts] = [tensors.get('pixels'), tensors.get('prompts')];
    const count = pictures?.count ?? 0;
    const values = 3 * size * size * count;
    const fits =
      metadata['size'] === String(size) &&
      pixels?.dtype === 'I32' &&
      pixels.shape.join() === String(Math.ceil(values / WORD)) &&
      prompts?.dtype === 'I32' &&
      prompts.shape.join() === [count, attributes.length].join();
    if (!fits) return refuse('they are not as many, or not as large, as the task says');
    const rows = Array.from({ length: count }, (_, row) =>
      Array.from(prompts.data.subarray(row * attributes.length, (row + 1) * attributes.length)),
    );
    const isPrompt = (ids: readonly number[]): boolean =>
      ids.every((id, at) => id >= 0 && id <= (attributes[at]?.values.length ?? -1));
    if (!rows.every(isPrompt)) return refuse('one shows what the task has no word for');
    if (JSON.stringify(countPrompts(rows)) !== JSON.stringify(pictures?.shown)) {
      return refuse('they show something else than the task says');
    }
    const { buffer, byteOffset } = pixels.data;
    return { size, pixels: new Uint8Array(buffer, byteOffset, values), prompts: rows };
  } catch (error) {
    if (!(error instanceof SafetensorsError)) throw error;
    return refuse(error.message.replace(/\.$/, ''), error);
  }
};

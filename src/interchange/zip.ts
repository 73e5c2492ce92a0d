import { Unzip, UnzipInflate } from 'fflate';
import { reasonOf } from './reason';

/** One file of an archive. */
export interface ZipEntry {
  /** Path in the archive, as it stands there. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What an archive may hold; what it declares and what comes out are both held to it. */
export interface ZipLimits {
  /** Bytes of the archive. */
  readonly archive: number;
  /** Files and folders, wanted or not. */
  readonly entries: number;
  /** Bytes of one file. */
  readonly file: number;
  /** Bytes of all files. */
  readonly total: number;
}

/** An archive that cannot be read, or that is larger than it may be; the message says which. */
export class ZipError extends Error {
  override readonly name = 'ZipError';
}

/** Bytes given to the decompressor at once: what comes of them, at most a thousandfold, is small. */
const PIECE = 2 ** 14;
/** Letters of a name in a message. */
const SHOWN = 80;

const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;

const joined = (pieces: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
};

/** Whether bytes begin like a zip archive. */
export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

/**
 * The files of a zip archive that are `wanted`, in its order; others are passed over. It is read as a
 * stream, so that an archive that unpacks to more than `limits` is given up before that is in memory.
 *
 * @throws {ZipError} for what is no archive, is cut off, or is larger than the limits.
 */
export const readZip = (
  bytes: Uint8Array<ArrayBuffer>,
  limits: ZipLimits,
  wanted: (name: string) => boolean,
): ZipEntry[] => {
  if (bytes.length > limits.archive) {
    throw new ZipError(
      `The archive has ${mebibytes(bytes.length)}; at most ${mebibytes(limits.archive)} are read.`,
    );
  }
  if (!isZip(bytes)) throw new ZipError('This is not a zip archive, or it is empty.');
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  let [seen, begun, total] = [0, 0, 0];
  const unzip = new Unzip((file) => {
    if (++seen > limits.entries) {
      throw new ZipError(`The archive holds more than ${limits.entries} files.`);
    }
    const { name } = file;
    if (name.endsWith('/') || !wanted(name)) return;
    const shown = name.slice(0, SHOWN);
    const tooLarge = (): never => {
      throw new ZipError(
        `“${shown}” unpacks to more than ${mebibytes(limits.file)}; the archive is not read.`,
      );
    };
    if (names.has(name)) throw new ZipError(`The archive holds “${shown}” twice.`);
    if ((file.originalSize ?? 0) > limits.file) tooLarge();
    names.add(name);
    begun++;
    const pieces: Uint8Array[] = [];
    let length = 0;
    file.ondata = (error, piece, final) => {
      if (error) throw error;
      length += piece.length;
      total += piece.length;
      if (length > limits.file) tooLarge();
      if (total > limits.total) {
        throw new ZipError(
          `The archive unpacks to more than ${mebibytes(limits.total)}; it is not read.`,
        );
      }
      pieces.push(piece);
      if (!final) return;
      if (file.originalSize !== undefined && file.originalSize !== length) {
        throw new ZipError(`“${shown}” does not have the size that the archive states.`);
      }
      entries.push({ name, bytes: joined(pieces, length) });
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length; at += PIECE) {
      unzip.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length);
    }
  } catch (error) {
    if (error instanceof ZipError) throw error;
    const reason = reasonOf(error);
    throw new ZipError(`The archive is damaged or cut off: ${reason}.`, { cause: error });
  }
  if (entries.length < begun) throw new ZipError('The archive is damaged or cut off.');
  return entries;
};

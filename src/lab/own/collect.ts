import { readImageHeader, type ImageHeader } from '../../interchange/imageHeader';
import type { RgbaImage } from '../../interchange/pixels';
import { sha256 } from '../../interchange/sha256';
import { squareFit } from '../../interchange/squareFit';
import {
  countPrompts,
  OWN_LIMITS,
  OwnTaskError,
  parseOwnDefinition,
  toTitle,
  type OwnDefinition,
} from '../../tasks/own/definition';
import { LABELS_FILE, labelsOfFolders, labelsOfTable } from './labels';
import { writeOwnPictures } from './pictures';

/** A visitor's file that was not read yet. */
export interface OwnFile {
  /** With `/` between folders; the folder that was chosen, or the archive's own paths. */
  readonly path: string;
  readonly bytes: number;
  readonly read: () => Promise<Uint8Array<ArrayBuffer>>;
}

/** A file that did not become a picture, and why, as the end of a sentence. */
export interface RefusedFile {
  readonly path: string;
  readonly reason: string;
}

/** Decodes an image file of a known format; rejects when it cannot. */
export type DecodeImage = (
  bytes: Uint8Array<ArrayBuffer>,
  header: ImageHeader,
) => Promise<RgbaImage>;

/** What became of a visitor's files. */
export interface Collected {
  readonly definition: OwnDefinition;
  /** The file of its pictures. */
  readonly file: Uint8Array<ArrayBuffer>;
  readonly refused: readonly RefusedFile[];
  /** (count, 3, size, size), a byte a value. */
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/** What a visitor's files may be. */
export const FILE_LIMITS = {
  /** Bytes of one file. */
  file: 8 * 2 ** 20,
  /** Bytes of all. */
  total: 256 * 2 ** 20,
  /** Pixels of an edge. */
  edge: { least: 4, most: 4096 },
  /** Letters of a path. */
  path: 300,
} as const;

/** Edges of pictures to choose from, in pixels. */
export const OWN_SIZES = [16, 24, 32] as const;

export interface CollectRequest {
  readonly files: readonly OwnFile[];
  readonly size: number;
  readonly title: string;
  readonly decode: DecodeImage;
  /** Heard now and then; files done, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Files that systems put beside others, and folders: passed over in silence. */
export const isHidden = (path: string): boolean =>
  path.endsWith('/') ||
  /(^|\/)(\.(?!\.)|__MACOSX(\/|$))/.test(path) ||
  /^(thumbs\.db|desktop\.ini)$/i.test(nameOf(path));

/** Why a path cannot be taken for one; null: it can. Paths name labels, and never lead anywhere. */
const pathFault = (path: string): string | null => {
  if (path.length > FILE_LIMITS.path) return 'its path is too long';
  const leads = path.startsWith('/') || /^[A-Za-z]:/.test(path) || path.split('/').includes('..');
  // Folders of archives made on some systems, and control characters, which no name has.
  return leads || /[\\\p{Cc}]/u.test(path) ? 'its path is not a plain one' : null;
};

const sizeFault = ({ width, height }: ImageHeader): string | null => {
  const { least, most } = FILE_LIMITS.edge;
  const fits = [width, height].every((edge) => edge >= least && edge <= most);
  return fits ? null : `it has ${width}x${height} pixels, not ${least} to ${most} each way`;
};

/** One file as planes of bytes, or why it is none. */
const readPicture = async (
  { path, bytes: length, read }: OwnFile,
  size: number,
  decode: DecodeImage,
): Promise<Uint8Array | string> => {
  const fault = pathFault(path);
  if (fault !== null) return fault;
  if (length > FILE_LIMITS.file) return `it has more than ${FILE_LIMITS.file / 2 ** 20} MiB`;
  const bytes = await read();
  const header = readImageHeader(bytes);
  if (!header) return 'it is no PNG, JPEG, GIF or WebP image';
  const tooLarge = sizeFault(header);
  if (tooLarge !== null) return tooLarge;
  try {
    const image = await decode(bytes, header);
    // The decoder's own size counts: a header may lie.
    return sizeFault({ ...header, ...image }) ?? squareFit(image, size);
  } catch {
    return 'it cannot be decoded; it is damaged or cut off';
  }
};

/** By code unit: the same on every machine, whatever order the files came in. */
const byPath = (a: OwnFile, b: OwnFile): number => (a.path < b.path ? -1 : Number(a.path > b.path));

const checkTotals = (files: readonly OwnFile[]): void => {
  const { most } = OWN_LIMITS.pictures;
  if (files.length > most) {
    throw new OwnTaskError(`There are ${files.length} files; at most ${most} pictures are taken.`);
  }
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > FILE_LIMITS.total) {
    throw new OwnTaskError(
      `The files have ${Math.round(total / 2 ** 20)} MiB together; at most ` +
        `${FILE_LIMITS.total / 2 ** 20} MiB are read.`,
    );
  }
};

const readTable = async ({ bytes, read }: OwnFile): Promise<string> => {
  if (bytes > FILE_LIMITS.file) throw new OwnTaskError(`${LABELS_FILE} is too large to be read.`);
  return new TextDecoder().decode(await read());
};

/**
 * Makes a task of a visitor's files: pictures, with labels by folder or by `labels.csv`. Files that
 * are no pictures are refused one by one. Throws OwnTaskError where too few are left, or too many
 * are there.
 */
export const collectPictures = async (request: CollectRequest): Promise<Collected> => {
  const { size, title, decode, onProgress } = request;
  const files = request.files.filter(({ path }) => !isHidden(path)).sort(byPath);
  const table = files.find(({ path }) => nameOf(path).toLowerCase() === LABELS_FILE);
  const candidates = files.filter((file) => file !== table);
  checkTotals(candidates);

  const paths: string[] = [];
  const planes: Uint8Array[] = [];
  const refused: RefusedFile[] = [];
  for (const [done, file] of candidates.entries()) {
    onProgress?.(done, candidates.length);
    const picture = await readPicture(file, size, decode);
    if (typeof picture === 'string') refused.push({ path: file.path, reason: picture });
    else {
      paths.push(file.path);
      planes.push(picture);
    }
  }
  onProgress?.(candidates.length, candidates.length);

  const count = planes.length;
  const { least } = OWN_LIMITS.pictures;
  if (count < least) {
    const [first] = refused;
    const why = first ? ` “${first.path.slice(-80)}”, for one: ${first.reason}.` : '';
    throw new OwnTaskError(
      `Only ${count} of ${candidates.length} files are pictures; at least ${least} are needed.${why}`,
    );
  }
  const labels = table ? labelsOfTable(await readTable(table), paths) : labelsOfFolders(paths);
  const values = 3 * size * size;
  const pixels = new Uint8Array(count * values);
  planes.forEach((picture, place) => pixels.set(picture, place * values));
  const file = writeOwnPictures({ size, pixels, prompts: labels.prompts });
  const definition = parseOwnDefinition({
    version: 1,
    title: toTitle(title) || 'Own pictures',
    size,
    attributes: labels.attributes,
    pictures: { count, sha256: await sha256(file), shown: countPrompts(labels.prompts) },
  });
  return { definition, file, refused, pixels };
};

import { decode } from 'fast-png';
import { EMOJI_SIZE } from './attributes';

/** Path of the atlas from the site's root. */
export const ATLAS_PATH = 'tasks/emoji.png';

/** Bytes of a pixel: red, green, blue, straight alpha. */
export const CHANNELS = 4;
/** Places in a row of the atlas. */
const COLUMNS = 48;

export const ATLAS_WIDTH = COLUMNS * EMOJI_SIZE;

/** Pixel rows of an atlas of so many places. */
export const atlasHeight = (places: number): number => Math.ceil(places / COLUMNS) * EMOJI_SIZE;

/** The pictures cannot be had; the message says what to do about it. */
export class AtlasError extends Error {
  override readonly name = 'AtlasError';
}

/** Byte at which pixel (x, y) of a place begins. */
export const pixelAt = (place: number, x: number, y: number): number => {
  const column = (place % COLUMNS) * EMOJI_SIZE + x;
  const row = Math.floor(place / COLUMNS) * EMOJI_SIZE + y;
  return CHANNELS * (row * ATLAS_WIDTH + column);
};

const fail = (reason: string, cause?: unknown): never => {
  throw new AtlasError(
    `The emoji's pictures, ${ATLAS_PATH}, cannot be used: ${reason}. Take the file that comes with ` +
      `this version, or make it again: npm run emoji.`,
    { cause },
  );
};

/** Reads an atlas of so many places: its pixels, `CHANNELS` bytes each. Throws AtlasError. */
export const readAtlas = (file: ArrayBuffer, places: number): Uint8Array => {
  const { width, height, channels, depth, data } = decodePng(file);
  const wanted = atlasHeight(places);
  if (width !== ATLAS_WIDTH || height !== wanted) {
    fail(`it measures ${width}x${height} pixels, not ${ATLAS_WIDTH}x${wanted}`);
  }
  if (channels !== CHANNELS || depth !== 8) {
    fail(`it has ${channels} channels of ${depth} bits, not ${CHANNELS} of 8`);
  }
  return Uint8Array.from(data);
};

const decodePng = (file: ArrayBuffer) => {
  try {
    return decode(file, { checkCrc: true });
  } catch (error) {
    return fail('it is no PNG, or a part of one', error);
  }
};

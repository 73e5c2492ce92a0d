import { deflateSync, inflateSync } from 'fflate';

/**
 * Small plain data as the text of an address, letters that need no escape:
 *
 *   base64url( FNV-1a of what follows, 4 bytes | deflate of the JSON, with a dictionary )
 *
 * Deflate notices little of what happens to a text on its way; the digest notices the rest.
 */

/** Text that is no packed data, or was damaged. */
export class PackingError extends Error {
  override readonly name = 'PackingError';
}

/** Bytes of JSON: eight arms with all that can be set, 64 prompts, and room. */
const LONGEST_JSON = 32_768;
/** Letters of packed text. */
export const LONGEST_PACKED = 8000;
const DIGEST = 4;

/** FNV-1a, 32 bits. */
export const digestOf = (bytes: Uint8Array): number => {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
};

const toBase64Url = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> => {
  if (!/^[\w-]*$/.test(text)) throw new PackingError('a letter that does not belong');
  const letters = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  // The last letter may have bits to spare: only one text stands for the same bytes.
  if (toBase64Url(bytes) !== text) throw new PackingError('a last letter that does not belong');
  return bytes;
};

/** Packs data. `dictionary`: what it is likely to say, and must be said again to unpack it. */
export const pack = (data: unknown, dictionary: string): string => {
  const encoder = new TextEncoder();
  const json = encoder.encode(JSON.stringify(data));
  const deflated = deflateSync(json, { level: 9, dictionary: encoder.encode(dictionary) });
  const bytes = new Uint8Array(DIGEST + deflated.length);
  new DataView(bytes.buffer).setUint32(0, digestOf(deflated));
  bytes.set(deflated, DIGEST);
  return toBase64Url(bytes);
};

/** Inflates; memory is bounded, and so is time by the text's length. */
const inflate = (deflated: Uint8Array, dictionary: string): Uint8Array => {
  // Given its room, fflate writes no further: what is larger fills all of it.
  const out = new Uint8Array(LONGEST_JSON + 1);
  const json = inflateSync(deflated, { out, dictionary: new TextEncoder().encode(dictionary) });
  if (json.length > LONGEST_JSON) throw new PackingError('more than it may hold');
  return json;
};

/** Data that `pack` made. Throws PackingError for all else. */
export const unpack = (text: string, dictionary: string): unknown => {
  if (text.length > LONGEST_PACKED) throw new PackingError('more than it may hold');
  try {
    const bytes = fromBase64Url(text);
    if (bytes.length <= DIGEST) throw new PackingError('nothing in it');
    const deflated = bytes.subarray(DIGEST);
    if (new DataView(bytes.buffer).getUint32(0) !== digestOf(deflated)) {
      throw new PackingError('a digest of something else');
    }
    const json = inflate(deflated, dictionary);
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json)) as unknown;
  } catch (error) {
    if (error instanceof PackingError) throw error;
    // atob, fflate, the decoder and JSON each have errors of their own.
    throw new PackingError('it cannot be unpacked', { cause: error });
  }
};

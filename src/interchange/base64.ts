/** Bytes turned into text at once: more arguments than this overflow the stack of some engines. */
const PIECE = 0x8000;

/** Bytes as base64 (RFC 4648, padded). */
export const toBase64 = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE) {
    text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  }
  return btoa(text);
};

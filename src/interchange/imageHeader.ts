/** What the first bytes of an image file say. */
export interface ImageHeader {
  readonly type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  /** In pixels; as claimed, so that a decoder is never asked for a gigantic image. */
  readonly width: number;
  readonly height: number;
}

type Read = (view: DataView) => ImageHeader | null;

const hasText = (view: DataView, at: number, text: string): boolean =>
  view.byteLength >= at + text.length &&
  Array.from(text).every((letter, index) => view.getUint8(at + index) === letter.charCodeAt(0));

const PNG_BYTES = 24;

const png: Read = (view) =>
  view.byteLength >= PNG_BYTES && hasText(view, 0, '\x89PNG\r\n\x1a\n') && hasText(view, 12, 'IHDR')
    ? { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) }
    : null;

const GIF_BYTES = 10;

const gif: Read = (view) =>
  view.byteLength >= GIF_BYTES && hasText(view, 0, 'GIF8')
    ? { type: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) }
    : null;

/** Markers of a frame: SOF0 to SOF15 without tables (C4), the reserved C8 and arithmetic coding (CC). */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

const jpeg: Read = (view) => {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
  let at = 2;
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (isFrame(marker)) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      return { type: 'image/jpeg', width, height };
    }
    // Fill bytes stand before a marker; a segment has at least its own length.
    at += marker === 0xff ? 1 : 2 + Math.max(2, view.getUint16(at + 2));
  }
  return null;
};

const WEBP_BYTES = 30;

const uint24 = (view: DataView, at: number): number =>
  view.getUint16(at, true) + 0x10000 * view.getUint8(at + 2);

const webp: Read = (view) => {
  const isWebp = hasText(view, 0, 'RIFF') && hasText(view, 8, 'WEBP');
  if (!isWebp || view.byteLength < WEBP_BYTES) return null;
  const type = 'image/webp';
  if (hasText(view, 12, 'VP8X')) {
    return { type, width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
  }
  if (hasText(view, 12, 'VP8L')) {
    const bits = view.getUint32(21, true);
    return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (!hasText(view, 12, 'VP8 ')) return null;
  const [width, height] = [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
  return { type, width, height };
};

/** Format and size of an image file by its first bytes; null for anything else. Never throws. */
export const readImageHeader = (bytes: Uint8Array): ImageHeader | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return png(view) ?? jpeg(view) ?? gif(view) ?? webp(view);
};

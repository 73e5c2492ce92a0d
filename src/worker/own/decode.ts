import type { DecodeImage } from '../../lab/own/collect';

/** Decodes by the browser's own decoders; the first frame of what moves. For pages and Workers. */
export const decodeInBrowser: DecodeImage = async (bytes, { type }) => {
  const bitmap = await createImageBitmap(new Blob([bytes], { type }));
  try {
    const { width, height } = bitmap;
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('there is no canvas to decode on');
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    return { width, height, data };
  } finally {
    bitmap.close();
  }
};

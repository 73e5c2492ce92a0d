/** Pixels of the file for one of the picture: sharp on paper and on fine screens. */
const SHARPNESS = 2;

/** Paints an SVG, which names its own size, as a PNG file. Rejects when the browser cannot. */
export const svgToPng = async (svg: string): Promise<Uint8Array<ArrayBuffer>> => {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const picture = new Image();
    picture.src = url;
    await picture.decode();
    const canvas = document.createElement('canvas');
    canvas.width = SHARPNESS * picture.naturalWidth;
    canvas.height = SHARPNESS * picture.naturalHeight;
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve, 'image/png');
    });
    if (blob === null) throw new Error('The browser made no PNG of the chart.');
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    URL.revokeObjectURL(url);
  }
};

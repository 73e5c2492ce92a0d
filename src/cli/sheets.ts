import { decode } from 'fast-png';
import type { RgbaImage } from '../interchange/pixels';
import type { ArmRecord, RunRecord } from '../lab/record';

/** One row of a stacked sheet. */
interface Row {
  readonly label: string;
  readonly png: string;
}

/** Pixels of a stacked sheet for each pixel of a contact sheet, and between two rows. */
const SCALE = 4;
const GAP = 2;

const CHANNELS = 4;

/** Contact sheets, PNG in base64, below each other at a whole-numbered scale, on white. */
const stack = (pngs: readonly string[]): RgbaImage => {
  const images = pngs.map((png) => decode(Buffer.from(png, 'base64')));
  const width = Math.max(...images.map((image) => image.width));
  const rows = images.reduce((sum, { height }) => sum + height + GAP, -GAP);
  const sheet = {
    width: width * SCALE,
    height: rows * SCALE,
    data: new Uint8ClampedArray(width * rows * SCALE * SCALE * CHANNELS).fill(255),
  };
  let top = 0;
  for (const image of images) {
    const { channels } = image;
    for (let y = 0; y < image.height * SCALE; y++) {
      for (let x = 0; x < image.width * SCALE; x++) {
        const from = channels * (Math.floor(y / SCALE) * image.width + Math.floor(x / SCALE));
        const to = CHANNELS * ((top * SCALE + y) * sheet.width + x);
        for (let c = 0; c < 3; c++) sheet.data[to + c] = Number(image.data[from + c]);
      }
    }
    top += image.height + GAP;
  }
  return sheet;
};

/** The sheet of one arm: what it is compared with, then its samples over iterations. */
export const armSheet = (
  { references }: RunRecord,
  { snapshots }: ArmRecord,
): { readonly image: RgbaImage; readonly labels: readonly string[] } | null => {
  if (snapshots.length === 0) return null;
  const rows: Row[] = [
    ...references.map(({ name, png }) => ({ label: name, png })),
    ...snapshots.map(({ iteration, png }) => ({
      label: iteration === 0 ? 'student before training' : `student after ${iteration} iterations`,
      png,
    })),
  ];
  return { image: stack(rows.map(({ png }) => png)), labels: rows.map(({ label }) => label) };
};

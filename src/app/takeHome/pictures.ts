import { contactSheet } from '../../interchange/contactSheet';
import { encodePng } from '../../interchange/png';
import { TEACHER_GRIDS } from '../../lab/grid';
import { saveFile } from '../lab/download';
import { useBench } from '../state/bench';
import { useSamples } from '../state/samples';

/** Hands all grids on show to the visitor as one contact sheet: a row each, the teacher's last. */
export const savePictures = (): void => {
  const { grids } = useSamples.getState();
  const { arms } = useBench.getState();
  const rows = [...arms.map(({ id }) => id), ...TEACHER_GRIDS].flatMap((id) => grids.get(id) ?? []);
  const [first] = rows;
  if (first === undefined) return;
  const [count, , height, width] = first.shape;
  const images = new Float32Array(rows.reduce((sum, row) => sum + row.images.length, 0));
  let at = 0;
  for (const row of rows) {
    images.set(row.images, at);
    at += row.images.length;
  }
  const sheet = contactSheet(images, { columns: count, width, height });
  saveFile('spear-and-shield-pictures.png', 'image/png', encodePng(sheet));
};

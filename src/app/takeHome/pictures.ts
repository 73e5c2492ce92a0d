import { TEACHER_GRIDS } from '../../lab/grid';
import { saveFile } from '../lab/download';
import { rowsSheet } from '../lab/sheets';
import { useBench } from '../state/bench';
import { useSamples } from '../state/samples';

/** Hands all grids on show to the visitor as one contact sheet: a row for each arm, then the teacher's. */
export const savePictures = (): void => {
  const { grids } = useSamples.getState();
  const { arms } = useBench.getState();
  const rows = [...arms.map(({ id }) => id), ...TEACHER_GRIDS].flatMap((id) => grids.get(id) ?? []);
  if (rows.length > 0) saveFile('spear-and-shield-pictures.png', 'image/png', rowsSheet(rows));
};

import { referenceGrids } from '../../lab/grid';
import { saveFile } from '../lab/download';
import { rowsSheet } from '../lab/sheets';
import { useBench } from '../state/bench';
import { shownPictures } from '../samples/shown';
import { currentTask } from '../state/task';

/** Hands all grids on show to the visitor as one contact sheet: a row for each arm, then what they are compared with. */
export const savePictures = (): void => {
  const { arms } = useBench.getState();
  const steps = arms.map(({ config }) => config.student.steps);
  const references = referenceGrids(steps, currentTask().openImages !== null);
  const rows = [...arms.map(({ id }) => id), ...references].flatMap(
    (source) => shownPictures(source) ?? [],
  );
  if (rows.length > 0) saveFile('spear-and-shield-pictures.png', 'image/png', rowsSheet(rows));
};

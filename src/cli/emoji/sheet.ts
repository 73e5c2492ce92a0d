import { contactSheet } from '../../interchange/contactSheet';
import { encodePng } from '../../interchange/png';
import { GROUPS } from '../../tasks/emoji/attributes';
import { emojiTask } from '../../tasks/emoji/task';
import { openImages } from '../../tasks/task';
import { readWhole } from '../files';

/** Images in a row, and seed of what is shown. */
const COLUMNS = 24;
const SEED = 1;
/** Enough for a row of every group. */
const DRAWN = 1024;
const VALUES = 3 * emojiTask.size ** 2;

/** A PNG of training images as the network sees them: a row for each group, in their order. */
export const groupSheet = async (site: string): Promise<Uint8Array> => {
  const pictures = await openImages(emojiTask, (path) =>
    Promise.resolve(readWhole(`${site}/${path}`).buffer),
  );
  const { images, prompts } = pictures.draw(SEED, DRAWN, 'training');
  const rows = GROUPS.map((_, group) =>
    prompts
      .flatMap((prompt, index) => (prompt[0] === group ? [index] : []))
      .slice(0, COLUMNS)
      .flatMap((index) => [...images.subarray(index * VALUES, (index + 1) * VALUES)]),
  );
  const sheet = contactSheet(Float32Array.from(rows.flat()), {
    columns: COLUMNS,
    scale: 2,
    gap: 2,
  });
  return encodePng(sheet);
};

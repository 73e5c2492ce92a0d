import { reasonOf } from '../../interchange/reason';
import { parseRecord, RecordError } from '../../lab/record';
import { findTask } from '../../tasks/registry';
import { dismiss, notify } from '../state/notices';
import { currentTask } from '../state/task';
import { ghostsOfRecord } from './ghostsOf';
import { keepGhosts } from './kept';
import { hasRoom, MOST_GHOSTS } from './store';

/** Bytes of a record that is looked at: a long run of eight arms with its pictures takes a tenth. */
const LARGEST = 2 ** 26;

const NOTICE = 'record';

const toJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RecordError('This is no record of a run: it is not JSON, or it was cut off.', {
      cause: error,
    });
  }
};

/** Says that there is no room for more curves. */
export const tellFull = (): void =>
  notify({
    id: NOTICE,
    text: `The charts hold ${MOST_GHOSTS} earlier arms at most. Remove some of them first.`,
  });

const taskInWords = (id: string): string => {
  const now = currentTask();
  if (id === now.id) return '';
  const title = findTask(id)?.title ?? id.slice(0, 60);
  return ` It drew “${title}”, not “${now.title}”: its figures are another task’s.`;
};

/** Puts a saved run's curves into the charts; a file that is none is told. Never rejects. */
export const openRecord = async (file: File): Promise<void> => {
  dismiss(NOTICE);
  const name =
    file.name
      .replace(/\.json$/i, '')
      .trim()
      .slice(0, 80) || 'record';
  try {
    if (file.size > LARGEST) throw new RecordError('This file is too large to be a record.');
    const record = parseRecord(toJson(await file.text()));
    const run = ghostsOfRecord(record, name);
    const count = run.ghosts.length;
    if (count === 0) throw new RecordError('Nothing was trained in this run.');
    if (!hasRoom(count)) {
      tellFull();
      return;
    }
    await keepGhosts(run);
    const arms = count === 1 ? 'one arm' : `${count} arms`;
    notify({
      id: NOTICE,
      text: `“${name}” is in the charts, dashed: ${arms}.${taskInWords(record.task)}`,
    });
  } catch (error) {
    notify({ id: NOTICE, text: `“${name}” was not opened. ${reasonOf(error).slice(0, 600)}` });
  }
};

import type { PathFile } from '../../worker/own/protocol';
import { openRecord } from '../ghosts/recordFile';
import type { LabSession } from '../lab/session';
import { openSetUp } from '../lab/setUpFile';
import { useOwn } from './store';
import { isSingle } from './tab';

/** Bytes of a file in which a record says that it is one. */
const HEAD = 400;

/** Opens a set-up, or a run's record in the charts. */
const openJson = async (file: File, lab: LabSession): Promise<void> => {
  const head = await file.slice(0, HEAD).text();
  await (head.includes('"codeVersion"') ? openRecord(file) : openSetUp(file, lab));
};

/** Takes files that a visitor dropped: JSON is opened at once, all else goes to the dialog. */
export const receive = (files: readonly PathFile[], lab: LabSession): void => {
  const [first] = files;
  if (!first) return;
  if (isSingle(files, '.json')) void openJson(first.file, lab);
  else useOwn.setState({ open: true, brought: files });
};

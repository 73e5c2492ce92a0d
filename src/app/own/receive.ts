import type { PathFile } from '../../worker/own/protocol';
import type { LabSession } from '../lab/session';
import { openSetUp } from '../lab/setUpFile';
import { useOwn } from './store';
import { isSingle } from './tab';

/** Takes files that a visitor dropped: a set-up is opened at once, all else goes to the dialog. */
export const receive = (files: readonly PathFile[], lab: LabSession): void => {
  const [first] = files;
  if (!first) return;
  if (isSingle(files, '.json')) void openSetUp(first.file, lab);
  else useOwn.setState({ open: true, brought: files });
};

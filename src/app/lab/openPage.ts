import { findTask } from '../../tasks/registry';
import { readAddress } from '../lib/address';
import { idle } from '../lib/idle';
import { checkSupport } from '../lib/support';
import { changeEvaluation, changeShared } from '../state/bench';
import { notify } from '../state/notices';
import { useRun } from '../state/run';
import { useSupport } from '../state/support';
import { followAddress, useView } from '../state/view';
import { followBench, isOwnAddress } from './addressSync';
import { chooseExperiment } from './experiments';
import type { LabSession } from './session';
import { loadOwnTasks, rememberedTask } from './ownTasks';
import { linkOf, openLink } from './shareLink';
import { chooseTask } from './tasks';
import { chosenTeacher, useTeachers } from './teachers';

/** Sets the page up from its address, looks for a GPU and for kept runs, and starts nothing heavy. */
export const openPage = async (page: URL, lab: LabSession): Promise<void> => {
  await loadOwnTasks();
  const { task: asked, teacher, batch, images, samples, experiment, ignored } = readAddress(page);
  if (ignored.length > 0) {
    notify({
      id: 'address',
      text: `Part of this page’s address was ignored. ${ignored.join(' ')}`,
    });
  }
  useTeachers.setState({ choice: teacher });
  if (experiment !== null) chooseExperiment(experiment);
  if (batch !== null) changeShared({ batch });
  if (samples !== null) changeEvaluation({ samples });
  const link = linkOf(page);
  // An address that names neither opens the page as the visitor left it.
  const named = page.searchParams.has('task') || teacher !== null || link !== null;
  const left = named ? null : rememberedTask();
  chooseTask((left === null ? undefined : findTask(left)) ?? asked, images);
  // A link says all that the other parts of an address can, and comes last. After a reload it is no news.
  if (link !== null) openLink(link, lab, { quiet: isOwnAddress() });
  // Names of teachers are checked early; a list that cannot be had matters only at Start.
  chosenTeacher().catch(() => undefined);
  followAddress();
  followBench(lab);
  useView.subscribe(({ view }) => {
    if (view === 'pictures') lookForKept(lab);
    else lab.leave();
  });
  await lookForGpu();
  // The Worker that knows of kept runs is half as large as the page.
  await idle();
  lookForKept(lab);
};

/** Asks for kept runs, where they can be seen and gone on with. */
const lookForKept = (lab: LabSession): void => {
  const { support } = useSupport.getState();
  if (support.kind === 'ready' && useView.getState().view === 'pictures') lab.lookForKept();
};

/** Asks for WebGPU again, for a visitor who has changed a setting of the browser. */
export const lookForGpu = async (): Promise<void> => {
  const support = await checkSupport();
  useSupport.setState({ support });
  if (support.kind === 'ready') useRun.setState({ adapter: support.adapter });
};

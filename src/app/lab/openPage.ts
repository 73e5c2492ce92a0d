import { readAddress } from '../lib/address';
import { checkSupport } from '../lib/support';
import { changeEvaluation, changeShared } from '../state/bench';
import { notify } from '../state/notices';
import { useRun } from '../state/run';
import { useSamples } from '../state/samples';
import { useSupport } from '../state/support';
import { followAddress, useView } from '../state/view';
import { chooseExperiment } from './experiments';
import { drawPrompts } from './prompts';
import type { LabSession } from './session';
import { chosenTeacher, useTeachers } from './teachers';

/** Prompts and noise of a freshly opened page, the same for everyone. */
const FIRST_SEED = 1;

/** Sets the page up from its address, looks for a GPU and for kept runs, and starts nothing heavy. */
export const openPage = async (page: URL, lab: LabSession): Promise<void> => {
  const { teacher, batch, images, samples, experiment, ignored } = readAddress(page);
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
  useSamples.setState({ prompts: drawPrompts(images, FIRST_SEED), seed: FIRST_SEED });
  // Names of teachers are checked early; a list that cannot be had matters only at Start.
  chosenTeacher().catch(() => undefined);
  followAddress();
  useView.subscribe(({ view }) => {
    if (view === 'avatars') lookForKept(lab);
    else lab.leave();
  });
  await lookForGpu();
  lookForKept(lab);
};

/** Asks for kept runs, where they can be seen and gone on with. */
const lookForKept = (lab: LabSession): void => {
  const { support } = useSupport.getState();
  if (support.kind === 'ready' && useView.getState().view === 'avatars') lab.lookForKept();
};

/** Asks for WebGPU again, for a visitor who has changed a setting of the browser. */
export const lookForGpu = async (): Promise<void> => {
  const support = await checkSupport();
  useSupport.setState({ support });
  if (support.kind === 'ready') useRun.setState({ adapter: support.adapter });
};

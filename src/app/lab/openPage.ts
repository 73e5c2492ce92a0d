import { readAddress } from '../lib/address';
import { checkSupport } from '../lib/support';
import { notify } from '../state/notices';
import { useRun } from '../state/run';
import { useSamples } from '../state/samples';
import { useSettings } from '../state/settings';
import { useSupport } from '../state/support';
import { drawPrompts } from './prompts';
import { chosenTeacher, useTeachers } from './teachers';

/** Prompts and noise of a freshly opened page, the same for everyone. */
const FIRST_SEED = 1;

/** Sets the page up from its address, looks for a GPU, and starts nothing heavy. */
export const openPage = (page: URL): void => {
  const { teacher, batch, images, ignored } = readAddress(page);
  if (ignored.length > 0) {
    notify({
      id: 'address',
      text: `Part of this page’s address was ignored. ${ignored.join(' ')}`,
    });
  }
  useTeachers.setState({ choice: teacher });
  if (batch !== null) useSettings.getState().change((config) => ({ ...config, batch }));
  useSamples.setState({ prompts: drawPrompts(images, FIRST_SEED), seed: FIRST_SEED });
  void lookForGpu();
  // Names of teachers are checked early; a list that cannot be had matters only at Start.
  chosenTeacher().catch(() => undefined);
};

/** Asks for WebGPU again, for a visitor who has changed a setting of the browser. */
export const lookForGpu = async (): Promise<void> => {
  const support = await checkSupport();
  useSupport.setState({ support });
  if (support.kind === 'ready') useRun.setState({ adapter: support.adapter });
};

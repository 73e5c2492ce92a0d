import { parseForeignSpec } from '../../../lab/foreign/spec';
import { networkOf } from '../../../training/recipe';
import type { ForeignTeacherOrder } from '../../../worker/protocol/foreign';
import { reasonOf } from '../../../interchange/reason';
import type { LabSession } from '../../lab/session';
import { useTeachers } from '../../lab/teachers';
import { notify } from '../../state/notices';
import { currentTask } from '../../state/task';
import { useOwn } from '../store';
import { forgetForeign, keepForeign, keptForeign } from './kept';
import { NO_NETWORK, refuseNetwork, useOnnx } from './store';

/** Networks made elsewhere, from the file to the teacher of the next run. Holds no React. */

/** Bytes that are worth reading; the Worker's own limit is told by itself. */
const LARGEST = 2e9;

const ask = (lab: LabSession, busy: 'looking' | 'trying'): void => {
  const { file, spec, look } = useOnnx.getState();
  if (file === null) return;
  useOnnx.setState({ look: look + 1, busy, refusal: null });
  void lab.examine({ id: look + 1, onnx: file, spec: busy === 'trying' ? spec : null });
};

/** Looks at a file. */
export const readNetwork = async (file: File, lab: LabSession): Promise<void> => {
  useOnnx.setState({ ...NO_NETWORK, name: file.name, busy: 'looking' });
  try {
    if (file.size > LARGEST)
      throw new Error('This file is too large for a network that runs here.');
    useOnnx.setState({ file: await file.arrayBuffer() });
    ask(lab, 'looking');
  } catch (error) {
    refuseNetwork(reasonOf(error));
  }
};

/** Tries the network on a few samples, as it is described now. */
export const tryNetwork = (lab: LabSession): void => ask(lab, 'trying');

const choose = (order: ForeignTeacherOrder): void => {
  useTeachers.setState({ choice: { kind: 'foreign', order } });
  useOwn.setState({ open: false });
  notify({
    id: 'own-teacher',
    text: `Students are distilled from “${order.id}” from the next Start on; first they imitate it.`,
  });
};

/** Makes the network that was tried the teacher of the next run, and keeps it in this browser. */
export const adoptNetwork = async (): Promise<void> => {
  const { name, file: onnx, spec, start } = useOnnx.getState();
  if (onnx === null || spec === null) return;
  const task = currentTask();
  try {
    networkOf(start, task);
    const order = { id: name, onnx, spec: parseForeignSpec(spec), start };
    choose(order);
    await keepForeign(task.id, order).catch((error: unknown) =>
      notify({
        id: 'own-storage',
        text: `“${name}” lasts until the page is closed. ${reasonOf(error)}`,
      }),
    );
  } catch (error) {
    useOnnx.setState({ refusal: reasonOf(error) });
  }
};

/** Makes what an earlier visit kept the teacher of the next run. */
export const adoptKeptNetwork = async (): Promise<void> => {
  const { id } = currentTask();
  try {
    const order = await keptForeign(id);
    if (order === null) throw new Error('It is no longer there.');
    choose(order);
  } catch (error) {
    await forgetForeign(id);
    useOnnx.setState({
      refusal: `What was kept cannot be used, and was dropped. ${reasonOf(error)}`,
    });
  }
};

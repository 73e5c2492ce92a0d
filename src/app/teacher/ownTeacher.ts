import { browserCheckpointStore } from '../../lab/checkpointStores/browser';
import { ownTeacherId, TEACHER_FOLDER } from '../../worker/teacher/protocol';
import { useTeachers } from '../lab/teachers';
import { notify } from '../state/notices';
import { useTeacher } from './store';

/** Distils from these bytes, from the next Start of the bench on. */
export const distilFromBytes = (bytes: Uint8Array<ArrayBuffer>): void => {
  forgetUrl();
  const url = URL.createObjectURL(new Blob([bytes]));
  useTeachers.setState({ choice: { kind: 'own', url } });
  useTeacher.setState({ used: true });
  notify({
    id: 'own-teacher',
    text: 'Students are distilled from your own teacher, from the next Start on.',
  });
};

/** Distils from the teacher that this browser keeps. */
export const distilFromKept = async (task: string): Promise<void> => {
  const store = await browserCheckpointStore(TEACHER_FOLDER);
  const bytes = await store?.load(ownTeacherId(task));
  if (bytes) distilFromBytes(bytes);
  else notify({ id: 'own-teacher', text: 'The teacher that was kept is gone.' });
};

/** Goes back to the teacher that comes with the page. */
export const distilFromPage = (): void => {
  forgetUrl();
  useTeachers.setState({ choice: null });
  useTeacher.setState({ used: false });
};

const forgetUrl = (): void => {
  const { choice } = useTeachers.getState();
  if (choice?.kind === 'own') URL.revokeObjectURL(choice.url);
};

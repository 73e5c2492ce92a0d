import { ownDefinition, holdTeacher, ownTeacherAddress } from '../lab/ownTasks';
import { useTeachers } from '../lab/teachers';
import { notify } from '../state/notices';
import { currentTask, useTask } from '../state/task';
import { useTeacher } from './store';

const notice = (text: string): void => notify({ id: 'own-teacher', text });

/** Distils from the teacher of one's own that is there for the task, from the next Start on. */
export const distilFromKept = async (): Promise<void> => {
  const url = await ownTeacherAddress(currentTask());
  if (url === null) {
    notice('The teacher that was kept is gone.');
    return;
  }
  useTeachers.setState({ choice: { kind: 'own', url } });
  notice('Students are distilled from your own teacher, from the next Start on.');
};

/** Distils from this file, from the next Start on. */
export const distilFromFile = (file: Blob): Promise<void> => {
  holdTeacher(currentTask().id, file);
  return distilFromKept();
};

/** Goes back to the teacher that comes with the page. */
export const distilFromPage = (): void => useTeachers.setState({ choice: null });

/** Whether the bench distils from a teacher of one's own; own tasks have no other. */
export const useOwnTeacherUsed = (): boolean => {
  const chosen = useTeachers(({ choice }) => choice?.kind === 'own');
  const kept = useTeacher(({ kept: { own } }) => own !== null);
  const isOwn = useIsOwnTask();
  return chosen || (isOwn && kept);
};

/** Whether the bench's task is the visitor's own. */
export const useIsOwnTask = (): boolean =>
  useTask(({ task }) => ownDefinition(task.id) !== undefined);

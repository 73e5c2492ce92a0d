import { create } from 'zustand';
import { findTask } from '../../tasks/registry';
import type { ImageTask } from '../../tasks/task';
import { parseTeacherIndex } from '../../tasks/teachers';
import type { TeacherEntry } from '../../tasks/teachers';
import type { FileSource, Networks } from '../../worker/protocol/commands';
import type { TeacherChoice } from '../lib/address';
import { notify } from '../state/notices';
import { currentTask, useTask } from '../state/task';
import { ownDefinition, ownTeacherAddress } from './ownTasks';
import { chooseTask } from './tasks';
import { reasonOf } from '../../interchange/reason';

/** There is no teacher to learn from; message and advice are for a visitor. */
export class NoTeacherError extends Error {
  override readonly name = 'NoTeacherError';
  readonly advice: string;

  constructor(message: string, advice: string, options?: ErrorOptions) {
    super(message, options);
    this.advice = advice;
  }
}

const TRY_AGAIN = 'Check the connection, then try again.';

interface TeachersSlice {
  readonly entries: readonly TeacherEntry[];
  readonly choice: TeacherChoice | null;
}

export const useTeachers = create<TeachersSlice>()(() => ({ entries: [], choice: null }));

/** Where the list, the teachers and their cards lie, seen from the page. */
export const FOLDER = 'teachers/';

/** Fetches the list of teachers. Throws NoTeacherError. */
const fetchEntries = async (): Promise<readonly TeacherEntry[]> => {
  const address = new URL(`${FOLDER}index.json`, document.baseURI);
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return parseTeacherIndex(await response.json());
  } catch (cause) {
    const reason = reasonOf(cause);
    const message = `The list of teachers could not be read: ${reason}.`;
    throw new NoTeacherError(message, TRY_AGAIN, { cause });
  }
};

/** Loads the list once; a failed attempt may be repeated. Throws NoTeacherError. */
export const loadTeachers = async (): Promise<readonly TeacherEntry[]> => {
  const known = useTeachers.getState().entries;
  if (known.length > 0) return known;
  const entries = await fetchEntries();
  useTeachers.setState({ entries });
  return entries;
};

/** Learns from another teacher from the next start on; null: the task's first one. */
export const chooseTeacher = (choice: TeacherChoice | null): void =>
  useTeachers.setState({ choice });

/** The entry that a choice means: the one of that id, else the first one of the task. */
const entryFor = ({ entries, choice }: TeachersSlice, task: ImageTask): TeacherEntry | undefined =>
  entries.find(({ id }) => choice?.kind === 'id' && id === choice.id) ??
  entries.find((entry) => entry.task === task.id);

/** The entry that the bench learns from; undefined for other teachers, and before the list is there. */
export const useTeacherEntry = (): TeacherEntry | undefined => {
  const teachers = useTeachers();
  const task = useTask((state) => state.task);
  const listed = teachers.choice === null || teachers.choice.kind === 'id';
  return listed ? entryFor(teachers, task) : undefined;
};

/** The teacher of a visitor's own task. Throws NoTeacherError where there is none yet. */
const ownTeacher = async (task: ImageTask): Promise<FileSource> => {
  const url = await ownTeacherAddress(task);
  if (url !== null) return { id: 'own', url };
  throw new NoTeacherError(
    `“${task.title}” has no teacher yet.`,
    'Press “Train your own teacher”, then “Use this teacher”.',
  );
};

/**
 * The chosen teacher's file; an unknown name falls back to the task's first one, with a notice. A
 * teacher of another task than the bench's brings its task with it. Throws NoTeacherError.
 */
export const chosenTeacher = async (): Promise<Networks['teacher']> => {
  const { choice } = useTeachers.getState();
  if (choice?.kind === 'foreign') return choice.order;
  if (choice?.kind === 'file') return { id: choice.url, url: choice.url };
  if (choice?.kind === 'own') return { id: 'own', url: choice.url };
  if (ownDefinition(currentTask().id)) return ownTeacher(currentTask());
  await loadTeachers();
  const entry = entryFor(useTeachers.getState(), currentTask());
  if (entry === undefined) {
    throw new NoTeacherError(
      `No teacher of “${currentTask().title}” comes with this page.`,
      'Choose another task, or bring a teacher of your own.',
    );
  }
  if (choice !== null && entry.id !== choice.id) {
    notify({
      id: 'teacher',
      text: `There is no teacher called “${choice.id}”; “${entry.title}” is used instead.`,
    });
    useTeachers.setState({ choice: null });
  }
  const task = findTask(entry.task);
  if (task && task !== currentTask()) chooseTask(task);
  return { id: entry.id, url: new URL(`${FOLDER}${entry.file}`, document.baseURI).href };
};

import { create } from 'zustand';
import { parseTeacherIndex } from '../../tasks/avatars/teachers';
import type { TeacherEntry } from '../../tasks/avatars/teachers';
import type { FileSource } from '../../worker/protocol/commands';
import type { TeacherChoice } from '../lib/address';
import { notify } from '../state/notices';

/** The list of teachers that ship with the page could not be had; the message is for a visitor. */
export class TeacherListError extends Error {
  override readonly name = 'TeacherListError';
}

interface TeachersSlice {
  readonly entries: readonly TeacherEntry[];
  readonly choice: TeacherChoice | null;
}

export const useTeachers = create<TeachersSlice>()(() => ({ entries: [], choice: null }));

/** Where the list, the teachers and their cards lie, seen from the page. */
export const FOLDER = 'teachers/';

/** Fetches the list of teachers. Throws TeacherListError. */
const fetchEntries = async (): Promise<readonly TeacherEntry[]> => {
  const address = new URL(`${FOLDER}index.json`, document.baseURI);
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return parseTeacherIndex(await response.json());
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TeacherListError(`The list of teachers could not be read: ${reason}.`, { cause });
  }
};

/** Loads the list once; a failed attempt may be repeated. Throws TeacherListError. */
export const loadTeachers = async (): Promise<readonly TeacherEntry[]> => {
  const known = useTeachers.getState().entries;
  if (known.length > 0) return known;
  const entries = await fetchEntries();
  useTeachers.setState({ entries });
  return entries;
};

/** The chosen teacher's file; an unknown name falls back to the first one, with a notice. */
export const chosenTeacher = async (): Promise<FileSource> => {
  const { choice } = useTeachers.getState();
  if (choice?.kind === 'file') return { id: choice.url, url: choice.url };
  if (choice?.kind === 'own') return { id: 'own', url: choice.url };
  const entries = await loadTeachers();
  const entry = entries.find(({ id }) => id === choice?.id) ?? entries[0];
  if (entry === undefined) throw new TeacherListError('The list of teachers is empty.');
  if (choice !== null && entry.id !== choice.id) {
    notify({
      id: 'teacher',
      text: `There is no teacher called “${choice.id}”; “${entry.title}” is used instead.`,
    });
    useTeachers.setState({ choice: null });
  }
  return { id: entry.id, url: new URL(`${FOLDER}${entry.file}`, document.baseURI).href };
};

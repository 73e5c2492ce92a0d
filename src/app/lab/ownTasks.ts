import { create } from 'zustand';
import { browserCheckpointStore } from '../../lab/checkpointStores/browser';
import type { OwnSource } from '../../lab/own/source';
import { ownTaskId, parseOwnDefinition, type OwnDefinition } from '../../tasks/own/definition';
import { ownTask } from '../../tasks/own/task';
import { addTask, removeTask } from '../../tasks/registry';
import type { ImageTask } from '../../tasks/task';
import { definitionId, OWN_FOLDER, picturesId } from '../../worker/own/protocol';
import { ownTeacherId, TEACHER_FOLDER } from '../../worker/teacher/protocol';
import { forget, recall, remember } from '../lib/remembered';
import { notify } from '../state/notices';

/** The visitor's own tasks: what the page knows of them, and where their files are. */

interface OwnTasksSlice {
  readonly definitions: readonly OwnDefinition[];
}

export const useOwnTasks = create<OwnTasksSlice>()(() => ({ definitions: [] }));

/** Files by the ids that they are kept under; those that could not be kept live here alone. */
const files = new Map<string, Blob>();
const addresses = new Map<string, string>();

const forgetFile = (id: string): void => {
  const address = addresses.get(id);
  if (address !== undefined) URL.revokeObjectURL(address);
  addresses.delete(id);
  files.delete(id);
};

/** An address of a file, for Workers; null where there is none. */
const addressOf = async (folder: string, id: string): Promise<string | null> => {
  const known = addresses.get(id);
  if (known !== undefined) return known;
  let file = files.get(id);
  if (!file) {
    const bytes = await (await browserCheckpointStore(folder))?.load(id);
    if (!bytes) return null;
    file = new Blob([bytes]);
  }
  const address = URL.createObjectURL(file);
  addresses.set(id, address);
  return address;
};

/** What is known of the task of that id, where it is the visitor's own. */
export const ownDefinition = (id: string): OwnDefinition | undefined =>
  useOwnTasks.getState().definitions.find((definition) => ownTaskId(definition) === id);

/** Makes a task of the visitor's known to the page. */
export const addOwnTask = (definition: OwnDefinition): ImageTask => {
  const task = ownTask(definition);
  addTask(task);
  useOwnTasks.setState(({ definitions }) => ({
    definitions: [...definitions.filter((one) => ownTaskId(one) !== task.id), definition],
  }));
  return task;
};

/** Holds the pictures of a task, for as long as the page is open. */
export const holdPictures = (task: string, file: Blob): void => {
  forgetFile(picturesId(task));
  files.set(picturesId(task), file);
};

/** Holds the teacher of a task, for as long as the page is open. */
export const holdTeacher = (task: string, file: Blob): void => {
  forgetFile(ownTeacherId(task));
  files.set(ownTeacherId(task), file);
};

/** Takes a task of the visitor's away from the page. */
export const dropOwnTask = (task: string): void => {
  forgetFile(picturesId(task));
  forgetFile(ownTeacherId(task));
  removeTask(task);
  useOwnTasks.setState(({ definitions }) => ({
    definitions: definitions.filter((one) => ownTaskId(one) !== task),
  }));
};

const readDefinition = (bytes: Uint8Array | null): OwnDefinition | null => {
  try {
    return parseOwnDefinition(JSON.parse(new TextDecoder().decode(bytes ?? new Uint8Array())));
  } catch {
    return null;
  }
};

/** Makes known what this browser keeps; what cannot be read is passed over and told. Never rejects. */
export const loadOwnTasks = async (): Promise<void> => {
  const store = await browserCheckpointStore(OWN_FOLDER);
  const kept = (await store?.list().catch(() => [])) ?? [];
  let broken = 0;
  // Pictures lie beside the definitions, and are many times as large.
  for (const { id } of kept.filter((one) => one.id.startsWith(definitionId(''))).reverse()) {
    const definition = readDefinition((await store?.load(id).catch(() => null)) ?? null);
    if (definition && definitionId(ownTaskId(definition)) === id) addOwnTask(definition);
    else broken += 1;
  }
  if (broken === 0) return;
  const what = broken === 1 ? 'One of your tasks' : `${broken} of your tasks`;
  notify({
    id: 'own-tasks',
    text: `${what} could not be read and ${broken === 1 ? 'was' : 'were'} passed over. The pictures or the teacher make it anew.`,
  });
};

/** A task as Workers get it; null for one that comes with the page. */
export const ownSource = async ({ id }: ImageTask): Promise<OwnSource | null> => {
  const definition = ownDefinition(id);
  if (!definition) return null;
  const pictures = definition.pictures && (await addressOf(OWN_FOLDER, picturesId(id)));
  return { definition, pictures };
};

/** Address of the teacher that the visitor brought or trained for a task; null: there is none. */
export const ownTeacherAddress = ({ id }: ImageTask): Promise<string | null> =>
  addressOf(TEACHER_FOLDER, ownTeacherId(id));

const NAME = 'task';

/** Remembers that the page shows this task, where it is the visitor’s own. */
export const rememberTask = ({ id }: ImageTask): void =>
  ownDefinition(id) ? remember(NAME, id) : forget(NAME);

/** Id of the visitor’s own task that the page showed last; null: none. */
export const rememberedTask = (): string | null => recall(NAME);

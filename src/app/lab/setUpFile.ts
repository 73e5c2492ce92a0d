import { fetchBytes } from '../../interchange/fetchBytes';
import { sha256 } from '../../interchange/sha256';
import { LabFileError, parseLabFile, writeLabFile, type LabFile } from '../../lab/labFile';
import { findTask } from '../../tasks/registry';
import { dismiss, notify } from '../state/notices';
import { saveFile } from './download';
import type { LabSession } from './session';
import { applySetUp, armsInWords, presentSetUp } from './setUp';
import { chosenTeacher } from './teachers';
import { reasonOf } from '../../interchange/reason';

/** Bytes of a file that is looked at. */
const LARGEST = 2 ** 21;

const NOTICE = 'set-up';

/** Name and digest of the teacher that the bench learns from; null where it cannot be had. */
const teacherNow = async (): Promise<LabFile['teacher']> => {
  try {
    const teacher = await chosenTeacher();
    const bytes = 'onnx' in teacher ? teacher.onnx : await fetchBytes(teacher.url);
    return { id: teacher.id, sha256: await sha256(bytes) };
  } catch {
    return null;
  }
};

/** Hands the bench as it is set up to the visitor as a file. */
export const saveSetUp = async (): Promise<void> => {
  const setUp = presentSetUp();
  const text = writeLabFile({ ...setUp, teacher: await teacherNow() });
  saveFile(`spear-and-shield-${setUp.task}.json`, 'application/json', text);
};

/** Makes sure that the task of a set-up is here, and has its prompts. Throws LabFileError. */
const checkTask = ({ task: id, grid }: LabFile): void => {
  const task = findTask(id);
  if (!task) {
    throw new LabFileError(
      `This set-up is of the task “${id}”, which is not here; bring its teacher or its pictures first.`,
    );
  }
  if (grid.prompts.every((prompt) => task.prompts.schema.safeParse(prompt).success)) return;
  throw new LabFileError(`This set-up shows prompts that “${task.title}” does not have.`);
};

/** Opens a visitor's set-up; one that cannot be used is told, and changes nothing. Never rejects. */
export const openSetUp = async (file: File, lab: LabSession): Promise<void> => {
  dismiss(NOTICE);
  let setUp: LabFile;
  try {
    if (file.size > LARGEST) throw new LabFileError('This file is too large to be a set-up.');
    setUp = parseLabFile(await file.text());
    checkTask(setUp);
    applySetUp(setUp, lab);
  } catch (error) {
    const reason = reasonOf(error);
    notify({ id: NOTICE, text: `“${file.name.slice(0, 80)}” was not opened. ${reason}` });
    return;
  }
  const now = await teacherNow();
  const { teacher } = setUp;
  const other = teacher !== null && now !== null && teacher.sha256 !== now.sha256;
  const warning = other
    ? ` It was made with another teacher (${teacher.id.slice(0, 80)}): figures will differ.`
    : '';
  notify({
    id: NOTICE,
    text: `“${file.name.slice(0, 80)}” is set up: ${armsInWords(setUp)}.${warning}`,
  });
};

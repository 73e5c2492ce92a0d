import { fetchBytes } from '../../interchange/fetchBytes';
import { sha256 } from '../../interchange/sha256';
import { findExperiment } from '../../lab/experiments/registry';
import { LabFileError, parseLabFile, writeLabFile, type LabFile } from '../../lab/labFile';
import { findTask } from '../../tasks/registry';
import type { ImageTask } from '../../tasks/task';
import { benchOf, labConfigOf, useBench } from '../state/bench';
import { useExperiment } from '../state/experiment';
import { dismiss, notify } from '../state/notices';
import { isLive, useRun } from '../state/run';
import { beginOrder, useSamples } from '../state/samples';
import { currentTask } from '../state/task';
import { saveFile } from './download';
import type { LabSession } from './session';
import { switchTask } from './switchTask';
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
  const bench = useBench.getState();
  const { prompts, seed } = useSamples.getState();
  const { id: task } = currentTask();
  const text = writeLabFile({
    task,
    teacher: await teacherNow(),
    experiment: useExperiment.getState().chosen,
    lab: labConfigOf(bench),
    evaluation: bench.evaluation,
    grid: { seed, prompts: prompts.map((prompt) => [...prompt]) },
  });
  saveFile(`spear-and-shield-${task}.json`, 'application/json', text);
};

/** The task of a set-up, whose prompts it must have. Throws LabFileError. */
const taskOf = ({ task: id, grid }: LabFile): ImageTask => {
  const task = findTask(id);
  if (!task) {
    throw new LabFileError(
      `This set-up is of the task “${id}”, which is not here; bring its teacher or its pictures first.`,
    );
  }
  if (grid.prompts.every((prompt) => task.prompts.schema.safeParse(prompt).success)) return task;
  throw new LabFileError(`This set-up shows prompts that “${task.title}” does not have.`);
};

/** Puts a set-up on the bench; a run that is on ends. */
const apply = (file: LabFile, task: ImageTask, lab: LabSession): void => {
  const { lab: config, evaluation, grid, experiment } = file;
  if (isLive(useRun.getState().state)) lab.reset();
  if (task.id !== currentTask().id) switchTask(lab, task);
  useBench.setState({ ...benchOf(config), evaluation });
  const known = experiment !== null && findExperiment(experiment) !== undefined;
  useExperiment.setState({ chosen: known ? experiment : null, verdicts: {} });
  beginOrder({ drawn: grid.prompts, seed: grid.seed });
};

/** Opens a visitor's set-up; one that cannot be used is told, and changes nothing. Never rejects. */
export const openSetUp = async (file: File, lab: LabSession): Promise<void> => {
  dismiss(NOTICE);
  let setUp: LabFile;
  try {
    if (file.size > LARGEST) throw new LabFileError('This file is too large to be a set-up.');
    setUp = parseLabFile(await file.text());
    apply(setUp, taskOf(setUp), lab);
  } catch (error) {
    const reason = reasonOf(error);
    notify({ id: NOTICE, text: `“${file.name.slice(0, 80)}” was not opened. ${reason}` });
    return;
  }
  const now = await teacherNow();
  const { teacher, lab: config } = setUp;
  const arms = config.arms.length === 1 ? 'one arm' : `${config.arms.length} arms`;
  const other = teacher !== null && now !== null && teacher.sha256 !== now.sha256;
  const warning = other
    ? ` It was made with another teacher (${teacher.id.slice(0, 80)}): figures will differ.`
    : '';
  notify({ id: NOTICE, text: `“${file.name.slice(0, 80)}” is set up: ${arms}.${warning}` });
};

import { findTask, TASKS } from '../../tasks/registry';
import { useLab } from '../lab/context';
import { chooseTask } from '../lab/tasks';
import { chooseTeacher } from '../lab/teachers';
import { isLive, useRun } from '../state/run';
import { useTask } from '../state/task';
import { Select } from './Select';

/** Chooses what is drawn; a run of another task ends. */
export const TaskChooser = () => {
  const { id, summary, difficulty } = useTask(({ task }) => task);
  const live = useRun(({ state }) => isLive(state) || state === 'preparing');
  const lab = useLab();
  const choose = (chosen: string): void => {
    const task = findTask(chosen);
    if (task === undefined) return;
    if (live) lab.reset();
    // Its own first teacher: the one chosen before draws something else.
    chooseTeacher(null);
    chooseTask(task);
  };
  if (TASKS.length === 1) return null;
  return (
    <div className="task">
      <Select
        label="Task"
        value={id}
        options={TASKS.map((task) => [task.id, task.title] as const)}
        onChange={choose}
      />
      <p className="hint">
        {summary} {difficulty}
      </p>
    </div>
  );
};

import { ownTaskId } from '../../tasks/own/definition';
import { findTask, TASKS } from '../../tasks/registry';
import { useLab } from '../lab/context';
import { useOwnTasks } from '../lab/ownTasks';
import { switchTask } from '../lab/switchTask';
import { useTask } from '../state/task';
import { Select } from '../fields/Select';

/** Chooses what is drawn, among what comes with the page and the visitor's own; a run of another task ends. */
export const TaskChooser = () => {
  const { id, summary, difficulty } = useTask(({ task }) => task);
  const own = useOwnTasks(({ definitions }) => definitions);
  const lab = useLab();
  const choose = (chosen: string): void => {
    const task = findTask(chosen);
    if (task !== undefined) switchTask(lab, task);
  };
  return (
    <div className="task">
      <Select
        label="Task"
        value={id}
        options={[
          ...TASKS.map((task) => [task.id, task.title] as const),
          ...own.map((definition) => [ownTaskId(definition), definition.title] as const),
        ]}
        onChange={choose}
      />
      <p className="hint">
        {summary} {difficulty}
      </p>
    </div>
  );
};

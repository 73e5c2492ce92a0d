import { GraduationCap } from 'lucide-react';
import { later } from '../messages/later';
import { useTeacher } from './store';

const TeacherDialog = later(async () => (await import('./TeacherDialog')).TeacherDialog);

/** Opens the training of a teacher; says how far it is while it goes on. */
export const TeacherButton = () => {
  const begun = useTeacher(({ open, state }) => open || state !== 'idle');
  const share = useTeacher(({ state, step, recipe }) =>
    state === 'training' && recipe !== null ? Math.floor((100 * step) / recipe.steps) : null,
  );
  return (
    <>
      <button
        type="button"
        className="button quiet"
        onClick={() => useTeacher.setState({ open: true })}
      >
        <GraduationCap aria-hidden />
        {share === null ? 'Train your own teacher' : `Your teacher trains: ${share} %`}
      </button>
      {begun && <TeacherDialog />}
    </>
  );
};

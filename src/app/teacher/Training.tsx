import { Download, GraduationCap, Pause, Play, Square } from 'lucide-react';
import { Progress } from 'radix-ui';
import { Drawings } from './Drawings';
import { Figures } from './Figures';
import { Losses } from './Losses';
import { teacherSession } from './session';
import { SoftwareWords } from './Setup';
import { isThere, useTeacher, type TeacherSlice } from './store';
import { duration, STAGES } from './words';

/** Where the training stands, in words. */
const statusOf = (slice: TeacherSlice): string => {
  const { state, progress, step, recipe, stepsPerSecond, savedAt } = slice;
  if (progress !== null) {
    const { stage, done, total } = progress;
    return `${STAGES[stage]}${total > 1 ? `: ${done} of ${total}` : ''}…`;
  }
  const steps = recipe?.steps ?? 0;
  const at = `Step ${step} of ${steps}`;
  switch (state) {
    case 'training': {
      const left = stepsPerSecond ? (steps - step) / stepsPerSecond : null;
      return left === null ? `${at}.` : `${at}, about ${duration(left)} left.`;
    }
    case 'paused':
      return savedAt === step ? `${at}. Paused, and kept: it outlives a reload.` : `${at}. Paused.`;
    case 'done':
      return `Trained: ${steps} steps.`;
    default:
      return 'Preparing…';
  }
};

const Status = () => {
  const words = useTeacher(statusOf);
  const done = useTeacher(({ progress, step, recipe }) =>
    progress !== null
      ? progress.done / Math.max(progress.total, 1)
      : step / Math.max(recipe?.steps ?? 1, 1),
  );
  return (
    <div className="teacher-status">
      <p data-testid="teacher-status">{words}</p>
      <Progress.Root className="teacher-progress" value={100 * done} aria-label="Training">
        <Progress.Indicator className="progress-bar" style={{ transform: `scaleX(${done})` }} />
      </Progress.Root>
    </div>
  );
};

/** One button that says what it would do now, so that the keyboard's focus stays on it. */
const HoldButton = () => {
  const state = useTeacher((slice) => slice.state);
  const paused = state === 'paused';
  if (state === 'done') return null;
  return (
    <button
      type="button"
      className="button primary"
      disabled={state !== 'training' && !paused}
      onClick={() => (paused ? teacherSession.resume() : teacherSession.pause())}
    >
      {paused ? <Play aria-hidden /> : <Pause aria-hidden />} {paused ? 'Go on' : 'Pause'}
    </button>
  );
};

/** A training that is on: how it goes, and what can be done with its teacher. */
export const Training = () => {
  const there = useTeacher(({ state }) => isThere(state));
  const done = useTeacher(({ state }) => state === 'done');
  return (
    <>
      <SoftwareWords />
      <Status />
      <div className="teacher-buttons">
        <HoldButton />
        <button
          type="button"
          className="button"
          disabled={!there}
          onClick={() => teacherSession.stop()}
          title="End this training for good; a teacher in use stays"
        >
          <Square aria-hidden /> {done ? 'Train another' : 'Stop'}
        </button>
        <button
          type="button"
          className="button"
          disabled={!there}
          onClick={() => teacherSession.use()}
        >
          <GraduationCap aria-hidden /> Use this teacher
        </button>
        <button
          type="button"
          className="button"
          disabled={!there}
          onClick={() => teacherSession.save()}
        >
          <Download aria-hidden /> Save file
        </button>
      </div>
      <Losses />
      <Drawings />
      <Figures />
    </>
  );
};

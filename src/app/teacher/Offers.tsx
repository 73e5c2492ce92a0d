import { GraduationCap, History } from 'lucide-react';
import { distilFromKept, distilFromPage, useIsOwnTask, useOwnTeacherUsed } from './ownTeacher';
import { teacherSession } from './session';
import { useTeacher } from './store';

/** Offers to go on with a training that an earlier visit left. */
const KeptTraining = () => {
  const training = useTeacher(({ kept }) => kept.training);
  const free = useTeacher(({ state }) => state === 'idle' || state === 'failed');
  if (training === null || !free) return null;
  return (
    <aside className="callout resume" aria-label="A training is kept">
      <History aria-hidden />
      <p>
        <b>An earlier training is kept:</b> {training}.
      </p>
      <div className="callout-buttons">
        <button type="button" className="button" onClick={() => void teacherSession.goOn()}>
          Go on
        </button>
        <button type="button" className="button quiet" onClick={() => teacherSession.forget()}>
          Forget
        </button>
      </div>
    </aside>
  );
};

/** Says which teacher the bench distils from where there is one of one's own, and lets choose. */
const OwnTeacher = () => {
  const own = useTeacher(({ kept }) => kept.own);
  const used = useOwnTeacherUsed();
  const isOwnTask = useIsOwnTask();
  if (own === null && !used) return null;
  return (
    <aside className="callout resume" aria-label="Your own teacher">
      <GraduationCap aria-hidden />
      <p>
        {used ? (
          <b>Students are distilled from your own teacher.</b>
        ) : (
          <>
            <b>Your own teacher is kept here:</b> {own}.
          </>
        )}
      </p>
      <div className="callout-buttons">
        {!used && (
          <button type="button" className="button" onClick={() => void distilFromKept()}>
            Use it
          </button>
        )}
        {used && !isOwnTask && (
          <button type="button" className="button" onClick={distilFromPage}>
            Use the page’s teacher
          </button>
        )}
      </div>
    </aside>
  );
};

/** What earlier visits left. */
export const Offers = () => (
  <>
    <KeptTraining />
    <OwnTeacher />
  </>
);

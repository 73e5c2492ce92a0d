import { Info, TriangleAlert } from 'lucide-react';
import { useTeacher } from './store';

/** What went wrong, and what to do. */
export const Messages = () => {
  const failure = useTeacher((state) => state.failure);
  const notice = useTeacher((state) => state.notice);
  return (
    <>
      {failure !== null && (
        <section className="failure" role="alert">
          <TriangleAlert aria-hidden />
          <div>
            <h2>Training stopped</h2>
            <p>{failure.message}</p>
            <p>{failure.advice}</p>
          </div>
        </section>
      )}
      <div className="notices" role="status">
        {notice !== null && (
          <div className="notice">
            <Info aria-hidden />
            <p>
              {notice.message} {notice.advice}
            </p>
          </div>
        )}
      </div>
    </>
  );
};

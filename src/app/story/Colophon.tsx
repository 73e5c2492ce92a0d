import { FOLDER, useTeacherEntry } from '../lab/teachers';
import { useTask } from '../state/task';
import { useView } from '../state/view';

/** Which teacher is learnt from, with its card. */
const Teacher = () => {
  const entry = useTeacherEntry();
  if (entry === undefined) return null;
  return (
    <p>
      The teacher is “{entry.title}”, a network of {entry.parameters.toLocaleString('en')}{' '}
      parameters; <a href={`${FOLDER}${entry.card}`}>its card</a> has data, recipe and figures.
    </p>
  );
};

/** Who made what the pictures are learnt from. */
const Credits = () => {
  const credits = useTask(({ task }) => task.credits);
  if (credits.length === 0) return null;
  return (
    <p>
      The pictures that the teacher learnt from:{' '}
      {credits.map(({ title, author, licence, url }, index) => (
        <span key={title}>
          {index > 0 && '; '}
          <a href={url}>{title}</a> by {author} ({licence})
        </span>
      ))}
      .
    </p>
  );
};

/** What this is made after, at the foot of the page. */
export const Colophon = () => {
  const pictures = useView(({ view }) => view === 'pictures');
  return (
    <footer className="colophon">
      <p>
        After Liu et al.,{' '}
        <a href="https://arxiv.org/abs/2511.22677">
          “Decoupled DMD: CFG Augmentation as the Spear, Distribution Matching as the Shield”
        </a>
        . Everything runs in this browser; nothing is sent anywhere.{' '}
        <a href="./bench/">Measure how fast it is on this GPU</a>.
      </p>
      {pictures && <Credits />}
      {pictures && <Teacher />}
    </footer>
  );
};

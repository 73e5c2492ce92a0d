import { FOLDER, useTeachers } from '../lab/teachers';
import { useView } from '../state/view';

/** Which teacher is learnt from, with its card. */
const Teacher = () => {
  const choice = useTeachers((state) => state.choice);
  const entry = useTeachers(({ entries }) =>
    choice === null
      ? entries[0]
      : entries.find(({ id }) => choice.kind === 'id' && id === choice.id),
  );
  if (entry === undefined) return null;
  return (
    <p>
      The teacher is “{entry.title}”, a network of {entry.parameters.toLocaleString('en')}{' '}
      parameters; <a href={`${FOLDER}${entry.card}`}>its card</a> has data, recipe and figures.
    </p>
  );
};

/** What this is made after, at the foot of the page. */
export const Colophon = () => {
  const avatars = useView(({ view }) => view === 'avatars');
  return (
    <footer className="colophon">
      <p>
        After Liu et al.,{' '}
        <a href="https://arxiv.org/abs/2511.22677">
          “Decoupled DMD: CFG Augmentation as the Spear, Distribution Matching as the Shield”
        </a>
        . Everything runs in this browser; nothing is sent anywhere.
        {avatars && ' The pictures are DiceBear’s pixel-art avatars (CC0).'}
      </p>
      {avatars && <Teacher />}
    </footer>
  );
};

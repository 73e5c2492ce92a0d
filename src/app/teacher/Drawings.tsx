import { PictureSheet } from '../fields/PictureSheet';
import type { Pictures } from '../state/samples';
import { useTeacher } from './store';

const Drawing = ({ guidance, pictures }: { guidance: number; pictures: Pictures }) => {
  const words = guidance === 1 ? 'without guidance' : `guidance ${guidance}`;
  return (
    <figure>
      <PictureSheet
        images={pictures.images}
        shape={pictures.shape}
        label={`Pictures of the teacher, ${words}, step ${pictures.iteration}`}
      />
      <figcaption className="hint">
        {words}, step {pictures.iteration}
      </figcaption>
    </figure>
  );
};

/** What the teacher draws by now, for the same prompts and noise each time. */
export const Drawings = () => {
  const pictures = useTeacher((state) => state.pictures);
  return (
    <div className="teacher-drawings">
      {[...pictures].map(([guidance, drawn]) => (
        <Drawing key={guidance} guidance={guidance} pictures={drawn} />
      ))}
    </div>
  );
};

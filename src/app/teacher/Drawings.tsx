import { useEffect, useRef } from 'react';
import { gridSize, paintGrid } from '../lib/pictures';
import type { Pictures } from '../state/samples';
import { useTeacher } from './store';

const Drawing = ({ guidance, pictures }: { guidance: number; pictures: Pictures }) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [count, , , size] = pictures.shape;
  useEffect(() => {
    if (canvas.current !== null) paintGrid(canvas.current, pictures);
  }, [pictures]);
  const words = guidance === 1 ? 'without guidance' : `guidance ${guidance}`;
  return (
    <figure>
      <canvas
        ref={canvas}
        {...gridSize(count, size)}
        role="img"
        aria-label={`Pictures of the teacher, ${words}, step ${pictures.iteration}`}
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

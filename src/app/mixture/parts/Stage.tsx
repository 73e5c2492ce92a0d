import { useSketch } from '../state/sketch';
import { DrawingSurface } from './DrawingSurface';
import { DrawingTools } from './DrawingTools';
import { LookPanel } from './LookPanel';
import { Picture } from './Picture';

/** The picture and what it shows, or the surface to draw a distribution on. */
export const Stage = () => {
  const drawing = useSketch((sketch) => sketch.open);
  return (
    <div className="stage">
      {drawing ? (
        <>
          <DrawingSurface />
          <DrawingTools />
        </>
      ) : (
        <>
          <Picture />
          <LookPanel />
        </>
      )}
    </div>
  );
};

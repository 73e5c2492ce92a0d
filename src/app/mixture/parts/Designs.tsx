import { useEffect, useMemo, useRef } from 'react';
import { Pencil } from 'lucide-react';
import { guidanceScale } from '../../../flow/time';
import { DESIGNS } from '../../../tasks/mixture/designs/registry';
import type { Mixture } from '../../../tasks/mixture/mixture';
import { useTheme } from '../../state/theme';
import { usePlane } from '../context';
import { contoursOf, logGridsOf } from '../picture/contours';
import { paintContours } from '../picture/paintContours';
import { readPalette } from '../picture/palette';
import { useLook } from '../state/look';
import { OWN, useSetup } from '../state/setup';
import { useSketch } from '../state/sketch';

/** Half the plane's width and the cells of a thumbnail, and its edge in pixels. */
const GRID = { half: 3.1, cells: 72 };
const EDGE = 72;

/** A small picture of a distribution's classes. */
const Thumbnail = ({ mixture }: { mixture: Mixture }) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme((state) => state.theme);
  const contours = useMemo(
    () => contoursOf(logGridsOf(mixture, GRID), 'conditional', null, guidanceScale(1)),
    [mixture],
  );
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (canvas.current === null || !context) return;
    const ratio = window.devicePixelRatio;
    canvas.current.width = canvas.current.height = Math.round(EDGE * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintContours(context, { half: GRID.half, size: EDGE }, readPalette(canvas.current), contours);
  }, [contours, theme]);
  return <canvas ref={canvas} width={EDGE} height={EDGE} aria-hidden />;
};

/** Which distribution is learnt: one of the designs, or one drawn by hand. */
export const Designs = () => {
  const design = useSetup((setup) => setup.design);
  const own = useSetup((setup) => setup.own);
  const drawing = useSketch((sketch) => sketch.open);
  const plane = usePlane();
  const choose = (id: string): void => {
    useSketch.setState({ open: id === OWN });
    if (id === design || (id === OWN && own === null)) return;
    useSetup.setState({ design: id });
    useLook.setState({ class: null });
    plane.changeMixture();
  };
  const shown = drawing ? OWN : design;
  const about = DESIGNS.find(({ id }) => id === shown)?.about;
  return (
    <fieldset className="designs">
      <legend>Distribution</legend>
      <div className="design-list">
        {DESIGNS.map(({ id, name, mixture }) => (
          <label key={id} className="design">
            <input type="radio" name="design" checked={shown === id} onChange={() => choose(id)} />
            <span className="design-card">
              <Thumbnail mixture={mixture} />
              {name}
            </span>
          </label>
        ))}
        <label className="design">
          <input
            type="radio"
            name="design"
            checked={shown === OWN}
            onChange={() => choose(OWN)}
            // A checked one may be pressed again, to go on drawing.
            onClick={() => useSketch.setState({ open: true })}
          />
          <span className="design-card">
            {own === null ? (
              <span className="design-empty">
                <Pencil aria-hidden />
              </span>
            ) : (
              <Thumbnail mixture={own} />
            )}
            Draw your own
          </span>
        </label>
      </div>
      <p className="hint">
        {about ?? 'A distribution of your own: strokes of a brush for each class.'}
      </p>
    </fieldset>
  );
};

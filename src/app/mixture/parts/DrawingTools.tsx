import { ChartScatter, Check, Eraser, Minus, Plus, Undo2 } from 'lucide-react';
import { DrawingError, mixtureOfDrawing } from '../../../tasks/mixture/drawing';
import { MOST_CLASSES } from '../../../tasks/mixture/mixture';
import { LabelledSlider } from '../../fields/LabelledSlider';
import { usePlane } from '../context';
import { keepDrawn } from '../lib/kept';
import type { PlaneSession } from '../session';
import { useLook } from '../state/look';
import { OWN, useSetup } from '../state/setup';
import {
  addClass,
  clearStrokes,
  removeClass,
  undoStroke,
  useSketch,
  weighBy,
} from '../state/sketch';
import { Choice } from '../../fields/Choice';
import { ClassDot } from './ClassDot';

/** Makes the drawing the distribution that is learnt, or says why it is none yet. */
const adopt = (plane: PlaneSession): void => {
  try {
    const own = mixtureOfDrawing(useSketch.getState().drawing);
    keepDrawn(own);
    useSetup.setState({ own, design: OWN });
    useLook.setState({ class: null });
    useSketch.setState({ open: false });
    plane.changeMixture();
  } catch (error) {
    if (!(error instanceof DrawingError)) throw error;
    useSketch.setState({ problem: error.message });
  }
};

const ClassChooser = () => {
  const { classes } = useSketch((sketch) => sketch.drawing);
  const present = useSketch((sketch) => sketch.class);
  return (
    <>
      <Choice
        label="The brush draws"
        form="chips"
        value={String(present)}
        options={classes.map((name, place) => [
          String(place),
          <>
            <ClassDot place={place} /> {name}
          </>,
        ])}
        onChange={(value) => useSketch.setState({ class: Number(value) })}
      />
      <div className="tool-buttons">
        <button
          type="button"
          className="button quiet"
          disabled={classes.length >= MOST_CLASSES}
          onClick={addClass}
        >
          <Plus aria-hidden /> Add a class
        </button>
        <button
          type="button"
          className="button quiet"
          disabled={classes.length <= 2}
          onClick={removeClass}
        >
          <Minus aria-hidden /> Remove this one
        </button>
      </div>
    </>
  );
};

/** The brush, the classes, and what becomes of the drawing. */
export const DrawingTools = () => {
  const sigma = useSketch((sketch) => sketch.sigma);
  const weighting = useSketch((sketch) => sketch.drawing.weighting);
  const nothing = useSketch((sketch) => sketch.drawing.strokes.length === 0);
  const problem = useSketch((sketch) => sketch.problem);
  const plane = usePlane();
  return (
    <section className="look" aria-label="Drawing tools">
      <ClassChooser />
      <LabelledSlider
        label="Width of the brush"
        value={sigma}
        min={0.05}
        max={0.5}
        step={0.01}
        shown={sigma.toFixed(2)}
        hint="Standard deviation across a stroke, in units of the plane."
        onChange={(next) => useSketch.setState({ sigma: next })}
      />
      <Choice
        label="A class counts"
        value={weighting}
        options={[
          ['equal', 'the same as others'],
          ['mass', 'by its length'],
        ]}
        onChange={weighBy}
      />
      <div className="tool-buttons">
        <button type="button" className="button quiet" disabled={nothing} onClick={undoStroke}>
          <Undo2 aria-hidden /> Undo
        </button>
        <button type="button" className="button quiet" disabled={nothing} onClick={clearStrokes}>
          <Eraser aria-hidden /> Clear
        </button>
      </div>
      <button type="button" className="button primary" onClick={() => adopt(plane)}>
        <Check aria-hidden /> Use this
      </button>
      <div className="tool-buttons">
        <button
          type="button"
          className="button quiet"
          onClick={() => useSketch.setState({ open: false })}
        >
          <ChartScatter aria-hidden /> Back to the picture
        </button>
      </div>
      <p className="hint">
        It is moved to mean 0 and scaled to variance 1, as all distributions here.
      </p>
      <p className="tool-problem" role="alert">
        {problem}
      </p>
    </section>
  );
};

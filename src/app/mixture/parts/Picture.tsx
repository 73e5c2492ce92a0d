import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { guidanceScale, noiseLevel } from '../../../flow/time';
import { renoised } from '../../../tasks/mixture/density';
import { useCalm } from '../../lib/calm';
import { usePointed } from '../../lib/pointing';
import { throttle } from '../../lib/throttle';
import { useTheme } from '../../state/theme';
import { usePlane } from '../context';
import { useReducedMotion } from '../lib/media';
import { useSoftware } from '../../state/support';
import { HOME } from '../picture/camera';
import { contoursOf, logGridsOf, type Contour } from '../picture/contours';
import { Painter, type PictureFacts } from '../picture/painter';
import { useLook } from '../state/look';
import { usePlaneRun } from '../state/run';
import { chosenMixture, useSetup } from '../state/setup';
import { PictureWords, pictureInWords } from './PictureWords';

/** The grids that contours are traced on: fine where a density has details, coarse where noise has
    taken them. Beyond `half` no design has any mass. */
const [FINE, COARSE] = [
  { half: 4.5, cells: 144 },
  { half: 4.5, cells: 72 },
];
/** Above this noise level details are left. */
const DETAILED = noiseLevel(0.75);
/** Shortest time between two changes of the words below the picture, and of its label, in ms. */
const [FACTS_INTERVAL, LABEL_INTERVAL] = [250, 4000];

/** The contours that were asked for; a moved slider does not wait for them. */
const useContours = (): readonly Contour[] => {
  const mixture = useSetup(chosenMixture);
  const alpha = useDeferredValue(useSetup(({ config }) => config.guidanceScale));
  const kind = useLook((look) => look.density);
  const only = useLook((look) => look.class);
  const tau = useDeferredValue(useLook((look) => (look.atTau ? look.tau : noiseLevel(1))));
  const grids = useMemo(
    () => logGridsOf(renoised(mixture, tau), tau > DETAILED ? FINE : COARSE),
    [mixture, tau],
  );
  // Contours of other kinds do not depend on it.
  const scale = kind === 'guided' ? alpha : guidanceScale(1);
  return useMemo(() => contoursOf(grids, kind, only, scale), [grids, kind, only, scale]);
};

/** The picture: the teacher's density, the student's points and the arrows of the terms. */
export const Picture = () => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<Painter>(null);
  const [facts, setFacts] = useState<PictureFacts>({ half: HOME, outside: 0, gain: null });
  const plane = usePlane();
  const contours = useContours();
  const layers = useLook((look) => look.layers);
  const follow = useLook((look) => look.follow);
  const pointed = usePointed(({ term }) => term);
  const theme = useTheme((state) => state.theme);
  const software = useSoftware();
  const smooth = !useReducedMotion() && !software;
  const figures = usePlaneRun((run) => run.figures);
  const label = useCalm(pictureInWords(figures, facts), LABEL_INTERVAL);

  useEffect(() => {
    if (canvas.current === null) return;
    let newest: PictureFacts = { half: HOME, outside: 0, gain: null };
    const publish = throttle(() => setFacts(newest), FACTS_INTERVAL);
    const made = new Painter(canvas.current, plane.frames, software, (next) => {
      newest = next;
      publish();
    });
    painter.current = made;
    return () => {
      made.destroy();
      painter.current = null;
    };
  }, [plane, software]);
  useEffect(() => {
    painter.current?.show({ contours, layers, follow, pointed, smooth });
  }, [plane, software, contours, layers, follow, pointed, smooth, theme]);

  return (
    <figure className="picture">
      <canvas
        // The kind of painting is settled when a canvas is first painted on.
        key={String(software)}
        ref={canvas}
        role="img"
        aria-label={label}
        data-testid="picture"
      />
      <PictureWords facts={facts} />
    </figure>
  );
};

import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import type { Point } from '../../../tasks/mixture/ridge';
import { useTheme } from '../../state/theme';
import { HOME, toPlane } from '../picture/camera';
import { paintDrawing } from '../picture/paintDrawing';
import { readPalette } from '../picture/palette';
import { beginStroke, continueStroke, undoStroke, useSketch } from '../state/sketch';

/** How far an arrow key moves the brush, and how far with Shift. */
const [STEP, LEAP] = [0.1, 0.5];

const MOVES: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

const clamped = (value: number): number =>
  Number(Math.min(HOME, Math.max(-HOME, value)).toFixed(2));

const signed = (value: number): string => value.toFixed(1).replace('-', 'minus ');

const placeOf = (element: Element, event: { clientX: number; clientY: number }): Point => {
  const { left, top, width } = element.getBoundingClientRect();
  return toPlane({ half: HOME, size: width }, event.clientX - left, event.clientY - top);
};

/** Draws by keyboard: arrows move the brush, Space or Enter drops a dot. */
const useKeys = (): { onKeyDown: (event: KeyboardEvent) => void; heard: string } => {
  const [heard, setHeard] = useState('');
  const onKeyDown = (event: KeyboardEvent): void => {
    const { brush, drawing, class: of } = useSketch.getState();
    const move = MOVES[event.key];
    const undo =
      event.key === 'Backspace' || (event.key === 'z' && (event.ctrlKey || event.metaKey));
    if (move !== undefined) {
      const length = event.shiftKey ? LEAP : STEP;
      const next = [brush[0] + length * move[0], brush[1] + length * move[1]].map(clamped) as [
        number,
        number,
      ];
      useSketch.setState({ brush: next });
      setHeard(`Brush at ${signed(next[0])}, ${signed(next[1])}`);
    } else if (event.key === ' ' || event.key === 'Enter') {
      beginStroke(brush);
      setHeard(`Dot ${drawing.strokes.length + 1}, of ${drawing.classes[of] ?? ''}`);
    } else if (undo) {
      undoStroke();
      setHeard('Last stroke taken away');
    } else {
      return;
    }
    event.preventDefault();
  };
  return { onKeyDown, heard };
};

/** Draws by mouse, finger or pen. */
const usePointer = () => {
  const drawing = useRef(false);
  return {
    onPointerDown: (event: PointerEvent<HTMLCanvasElement>): void => {
      if (event.button !== 0) return;
      drawing.current = true;
      event.currentTarget.setPointerCapture(event.pointerId);
      beginStroke(placeOf(event.currentTarget, event));
    },
    onPointerMove: (event: PointerEvent<HTMLCanvasElement>): void => {
      if (!drawing.current) return;
      const { currentTarget: target, nativeEvent } = event;
      const all = nativeEvent.getCoalescedEvents();
      continueStroke((all.length > 0 ? all : [nativeEvent]).map((one) => placeOf(target, one)));
    },
    onPointerUp: (): void => {
      drawing.current = false;
    },
    onPointerCancel: (): void => {
      drawing.current = false;
    },
  };
};

/** Where a distribution is drawn, in the place of the picture. */
export const DrawingSurface = () => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const help = useId();
  const sketch = useSketch();
  const theme = useTheme((state) => state.theme);
  const [size, setSize] = useState(0);
  const [focused, setFocused] = useState(false);
  const { onKeyDown, heard } = useKeys();
  const pointer = usePointer();

  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setSize(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (canvas.current === null || size === 0) return;
    paintDrawing(canvas.current, size, readPalette(canvas.current), sketch, focused);
  }, [sketch, size, theme, focused]);

  const { classes, strokes } = sketch.drawing;
  return (
    <figure className="picture">
      <canvas
        ref={canvas}
        className="drawing"
        role="application"
        tabIndex={0}
        aria-label={`Drawing surface with ${strokes.length} ${strokes.length === 1 ? 'stroke' : 'strokes'} in ${classes.length} classes`}
        aria-describedby={help}
        onKeyDown={onKeyDown}
        onFocus={(event) => setFocused(event.currentTarget.matches(':focus-visible'))}
        onBlur={() => setFocused(false)}
        {...pointer}
      />
      <figcaption className="picture-words">
        <p className="hint" id={help}>
          Draw with mouse, finger or pen. By keyboard: arrow keys move the brush (with Shift
          faster), Space or Enter drops a dot, Backspace takes the last one away.
        </p>
        <p className="visually-hidden" role="status">
          {heard}
        </p>
      </figcaption>
    </figure>
  );
};

import { useMemo, useState } from 'react';
import type { FocusEvent, KeyboardEvent, PointerEvent } from 'react';
import { figure, lengthOf } from '../lib/format';
import { useAcross, useSpan } from './across';
import { shareOf, type Range } from './axis';
import { CursorCard } from './CursorCard';
import type { Drawing } from './drawing';
import { Pinch } from './pinch';
import { pressKey, zoomToMark } from './span';
import { valuesAt, type Values } from './valuesAt';

interface CursorProps {
  readonly title: string;
  readonly drawing: Drawing;
  /** All that the horizontal axis can show. */
  readonly extent: Range;
}

/** Shares of the width below which a drag is a press. */
const LEAST_DRAG = 0.02;

const inWords = (name: string, { x, values }: Values): string =>
  `${name} ${x}: ${values.map(({ curve, value }) => `${curve.name} ${figure(value)}`).join(', ')}`;

/** What follows pointer and keys: one place on all charts, a range that is marked, a card of values. */
export const Cursor = ({ title, drawing, extent }: CursorProps) => {
  const { name, span: store } = useAcross();
  const cursor = useSpan((span) => span.cursor);
  const anchor = useSpan((span) => span.anchor);
  const [pinch] = useState(() => new Pinch());
  const { across, up, lines } = drawing;
  const [from, to] = across.domain;
  const curves = useMemo(() => lines.map(({ curve }) => curve), [lines]);
  const isShown = cursor !== null && cursor >= from && cursor <= to;
  const values = isShown ? valuesAt(curves, cursor, across.domain) : null;
  // Whoever hears the chart hears where its curves end before moving along them.
  const told = values ?? valuesAt(curves, to, across.domain);

  const share = ({ currentTarget, clientX }: PointerEvent): number => {
    const { left, width } = currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (clientX - left) / width));
  };
  const place = (event: PointerEvent): number => Math.round(from + share(event) * (to - from));
  const onPointerDown = (event: PointerEvent): void => {
    const at = place(event);
    // A finger moves the cursor, two zoom; a mouse that is held marks a range.
    const isTouch = event.pointerType === 'touch';
    const marks = !isTouch && event.button === 0;
    if (marks) event.currentTarget.setPointerCapture(event.pointerId);
    store.setState({ cursor: at, anchor: marks ? at : null });
    if (isTouch) pinch.lay(event.pointerId, share(event), store.getState(), extent);
  };
  const onPointerMove = (event: PointerEvent): void => {
    const pinched = pinch.move(event.pointerId, share(event), store.getState(), extent);
    store.setState(pinched ?? { cursor: place(event) });
  };
  const onPointerUp = ({ pointerId }: PointerEvent): void => {
    pinch.lift(pointerId, store.getState(), extent);
    const span = store.getState();
    if (span.anchor === null || span.cursor === null) return;
    const isDrag = Math.abs(span.cursor - span.anchor) >= LEAST_DRAG * (to - from);
    store.setState(isDrag ? zoomToMark(span, extent) : { anchor: null });
  };
  const onPointerCancel = ({ pointerId }: PointerEvent): void => {
    pinch.lift(pointerId, store.getState(), extent);
    store.setState({ anchor: null });
  };
  const onPointerLeave = ({ pointerType }: PointerEvent): void => {
    if (pointerType !== 'touch') store.setState({ cursor: null });
  };
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    // While the focus stays among the charts, so does the cursor.
    const charts = currentTarget.closest('.charts');
    if (relatedTarget instanceof Node && charts?.contains(relatedTarget) === true) return;
    store.setState({ cursor: null, anchor: null });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = pressKey(store.getState(), extent, event.key, event.shiftKey);
    if (next === null) return;
    event.preventDefault();
    store.setState(next);
  };

  return (
    <div
      className="plot-cursor"
      role="slider"
      tabIndex={0}
      aria-label={`${name}, ${title}`}
      aria-describedby="chart-keys"
      aria-valuemin={from}
      aria-valuemax={to}
      aria-valuenow={isShown ? cursor : to}
      aria-valuetext={told === null ? `${name} ${to}` : inWords(name, told)}
      onPointerMove={onPointerMove}
      onPointerDown={onPointerDown}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerCancel}
      onPointerLeave={onPointerLeave}
      onDoubleClick={() => store.setState({ range: null, anchor: null })}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
    >
      {isShown && anchor !== null && anchor !== cursor && (
        <span
          className="plot-mark"
          style={{
            left: lengthOf(Math.max(0, shareOf(across, Math.min(anchor, cursor)))),
            right: lengthOf(Math.max(0, 1 - shareOf(across, Math.max(anchor, cursor)))),
          }}
        />
      )}
      {isShown && (
        <span className="plot-line" style={{ left: lengthOf(shareOf(across, cursor)) }} />
      )}
      {values?.values.map(({ curve, value }) => {
        const height = shareOf(up, value);
        if (!(height >= 0 && height <= 1)) return null;
        const [left, bottom] = [lengthOf(shareOf(across, values.x)), lengthOf(height)];
        return (
          <span
            key={curve.key}
            className="plot-dot"
            style={{ left, bottom, background: curve.color }}
          />
        );
      })}
      {values !== null && cursor !== null && (
        <CursorCard values={values} cursor={cursor} share={shareOf(across, cursor)} />
      )}
    </div>
  );
};

import type { Range } from './axis';

/** What is looked at of a horizontal axis, by all charts that share it. */
export interface Span {
  /** The part that is shown; null: all of it. */
  readonly range: Range | null;
  /** The place that is pointed at. */
  readonly cursor: number | null;
  /** Where the marking of a range began. */
  readonly anchor: number | null;
}

export const WHOLE: Span = { range: null, cursor: null, anchor: null };

/** Least length of a part that is shown. */
const SHORTEST = 4;
/** Steps of the cursor from one end of what is shown to the other. */
const STEPS = 100;
/** Steps that Page Up and Page Down take at once. */
const LEAP = 10;

const clamp = (value: number, [from, to]: Range): number => Math.min(to, Math.max(from, value));

/** The part of `extent` that is shown; all of it when the part lies elsewhere, as after a reset. */
export const shownRange = ({ range }: Pick<Span, 'range'>, extent: Range): Range => {
  if (range === null || range[0] + SHORTEST > extent[1]) return extent;
  return [Math.max(range[0], extent[0]), Math.min(range[1], extent[1])];
};

/** A part of `extent` of a length, beginning at `from` or as near as there is room. */
const part = (from: number, length: number, extent: Range): Range | null => {
  const whole = extent[1] - extent[0];
  const size = Math.max(SHORTEST, Math.round(length));
  if (size >= whole) return null;
  const first = clamp(Math.round(from), [extent[0], extent[1] - size]);
  return [first, first + size];
};

/** Shows a part that is `factor` times as long, the place pointed at staying where it is. */
export const zoom = (span: Span, extent: Range, factor: number): Span => {
  const [from, to] = shownRange(span, extent);
  const around = clamp(span.cursor ?? (from + to) / 2, [from, to]);
  const range = part(around - factor * (around - from), factor * (to - from), extent);
  return { ...span, range, anchor: null };
};

/** Shows what lies `share` of the shown part further on. */
export const pan = (span: Span, extent: Range, share: number): Span => {
  const [from, to] = shownRange(span, extent);
  return { ...span, range: part(from + share * (to - from), to - from, extent) };
};

/** Where two fingers are, in shares of what is shown: the left one first. */
export type Fingers = readonly [left: number, right: number];

/** Fingers nearer to each other than this count as so far apart. */
const NEAREST = 0.05;

/** Shows a part in which two fingers still point at the places that they were laid on. */
export const pinch = (
  span: Span,
  extent: Range,
  { fingers: [left, right], range: [from, to] }: { fingers: Fingers; range: Range },
  now: Fingers,
): Span => {
  const apart = (fingers: Fingers): number => Math.max(NEAREST, fingers[1] - fingers[0]);
  const length = Math.max(SHORTEST, ((to - from) * apart([left, right])) / apart(now));
  const middle = from + ((to - from) * (left + right)) / 2;
  const range = part(middle - (length * (now[0] + now[1])) / 2, length, extent);
  return { ...span, range, cursor: null, anchor: null };
};

/** Shows what is marked; a mark of no length is dropped. */
export const zoomToMark = (span: Span, extent: Range): Span => {
  const { cursor, anchor } = span;
  if (cursor === null || anchor === null || cursor === anchor) return { ...span, anchor: null };
  const range = part(Math.min(cursor, anchor), Math.abs(cursor - anchor), extent);
  return { ...span, range, anchor: null };
};

const move = (span: Span, to: number, extent: Range, marking: boolean): Span => {
  const range = shownRange(span, extent);
  const start = span.cursor ?? range[1];
  return {
    ...span,
    cursor: clamp(to, range),
    anchor: marking ? (span.anchor ?? clamp(start, range)) : null,
  };
};

/** What a key does to the span; null for a key that does nothing. With `shift`, arrows mark. */
export const pressKey = (span: Span, extent: Range, key: string, shift: boolean): Span | null => {
  const [from, to] = shownRange(span, extent);
  const step = Math.max(1, Math.round((to - from) / STEPS));
  const at = span.cursor ?? to;
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return move(span, at - step, extent, shift);
    case 'ArrowRight':
    case 'ArrowUp':
      return move(span, at + step, extent, shift);
    case 'PageDown':
      return move(span, at - LEAP * step, extent, shift);
    case 'PageUp':
      return move(span, at + LEAP * step, extent, shift);
    case 'Home':
      return move(span, from, extent, shift);
    case 'End':
      return move(span, to, extent, shift);
    case 'Enter':
      return zoomToMark(span, extent);
    case '+':
    case '=':
      return zoom(span, extent, 1 / 2);
    case '-':
    case '_':
      return zoom(span, extent, 2);
    case '0':
      return { ...span, range: null, anchor: null };
    case 'Escape':
      return { ...span, cursor: null, anchor: null };
    default:
      return null;
  }
};

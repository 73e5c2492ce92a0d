import { indexFrom, type Column } from '../lab/columns';
import type { Range } from './axis';

/** One point of a curve; null where there is no value: the curve is broken there. */
export interface CurvePoint {
  readonly x: number;
  readonly y: number | null;
}

/** Most points that a curve is drawn with. */
export const MOST_POINTS = 300;

/** What is drawn of a piece of a curve: indices of its lowest and its highest value, and its first. */
interface Piece {
  readonly first: number;
  low: number;
  high: number;
}

/**
 * The curve within `range`, and its neighbours on both sides, with at most `most` points in their
 * order. Where there are more, the range is cut into pieces of equal width, and of each piece the
 * lowest and the highest value stay, so that no peak is lost; so do the curve's two ends. Widths are
 * powers of two, counted from place 0: a curve that grows keeps its shape.
 */
export const decimate = (column: Column, [from, to]: Range, most = MOST_POINTS): CurvePoint[] => {
  const { x, y } = column;
  const start = Math.max(0, indexFrom(x, from) - 1);
  const last = indexFrom(x, to);
  const end = Math.min(x.length, last + (x[last] === to ? 2 : 1));
  const at = (index: number): CurvePoint => {
    const value = y[index] ?? NaN;
    return { x: x[index] ?? NaN, y: Number.isNaN(value) ? null : value };
  };
  if (end - start <= most) return Array.from({ length: end - start }, (_, i) => at(start + i));

  const kept = piecesOf(column, start, end, most / 2 - 1).flatMap(({ first, low, high }) =>
    low < 0 ? [first] : low === high ? [low] : [Math.min(low, high), Math.max(low, high)],
  );
  if (kept[0] !== start) kept.unshift(start);
  if (kept.at(-1) !== end - 1) kept.push(end - 1);
  return kept.map(at);
};

/** Cuts points `start` to `end` of a curve into at most `most` pieces. */
const piecesOf = ({ x, y }: Column, start: number, end: number, most: number): Piece[] => {
  const [first, last] = [x[start] ?? 0, x[end - 1] ?? 0];
  let width = 1;
  while (Math.floor(last / width) - Math.floor(first / width) >= most) width *= 2;
  const pieces: Piece[] = [];
  let slot = -Infinity;
  let piece: Piece = { first: start, low: -1, high: -1 };
  for (let index = start; index < end; index++) {
    const own = Math.floor((x[index] ?? 0) / width);
    if (own !== slot) {
      slot = own;
      piece = { first: index, low: -1, high: -1 };
      pieces.push(piece);
    }
    const value = y[index] ?? NaN;
    if (Number.isNaN(value)) continue;
    if (piece.low < 0 || value < (y[piece.low] ?? 0)) piece.low = index;
    if (piece.high < 0 || value > (y[piece.high] ?? 0)) piece.high = index;
  }
  return pieces;
};

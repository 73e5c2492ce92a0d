import type { Column } from '../lab/columns';
import { logAxis, placeAxis, valueAxis, type Axis, type AxisKind, type Range } from './axis';
import type { Curve, Reference } from './curve';
import { decimate, type CurvePoint } from './decimate';

/** What a chart draws of its curves, and how. */
export interface DrawingOptions {
  readonly curves: readonly Curve[];
  readonly reference?: Reference | undefined;
  readonly range: Range;
  readonly axis: AxisKind;
  /** What the vertical axis shows at least, so that noise is not blown up into a story. */
  readonly least: number;
  readonly log: boolean;
  /** Points far apart are marked and joined, so that a first one is seen. */
  readonly dots: boolean;
}

/** A curve with the points that are drawn of it. */
export interface Line {
  readonly curve: Curve;
  readonly points: readonly CurvePoint[];
}

/** A chart ready to be drawn, on the page or into a file. */
export interface Drawing {
  readonly lines: readonly Line[];
  readonly across: Axis;
  readonly up: Axis;
  /** Absent where the scale has no place for it. */
  readonly reference: Reference | undefined;
  /** A logarithmic scale has no place for some of the values. */
  readonly leavesOut: boolean;
}

const isPlaced = (value: number): boolean => value > 0;

/** The curve without what a logarithmic scale has no place for. */
const placedOnly = ({ x, y }: Column): Column => ({
  x,
  y: y.map((value) => (isPlaced(value) ? value : NaN)),
});

/** Decimates the curves and chooses axes that show them. */
export const drawingOf = (options: DrawingOptions): Drawing => {
  const { curves, range, axis, least, log, dots } = options;
  const hasPlace = options.reference !== undefined && (!log || isPlaced(options.reference.value));
  const reference = hasPlace ? options.reference : undefined;
  const lines = curves.map((curve): Line => {
    const points = decimate(log ? placedOnly(curve.column) : curve.column, range);
    return { curve, points: dots ? points.filter(({ y }) => y !== null) : points };
  });
  const values = lines.flatMap(({ points }) => points.flatMap(({ y }) => (y === null ? [] : [y])));
  if (reference !== undefined) values.push(reference.value);
  return {
    lines,
    across: placeAxis(range),
    up: log ? logAxis(values) : valueAxis(axis, values, least),
    reference,
    leavesOut: log && curves.some(({ column }) => column.y.some((value) => value <= 0)),
  };
};

/** True when there is nothing to be seen. */
export const isEmpty = ({ lines }: Drawing): boolean =>
  lines.every(({ points }) => points.every(({ y }) => y === null));

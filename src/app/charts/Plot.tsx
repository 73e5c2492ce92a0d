import { memo, useMemo } from 'react';
import { useCalm } from '../lib/calm';
import type { Range } from './axis';
import { Cursor } from './Cursor';
import type { ChangeMark, Curve } from './curve';
import { drawingOf, isEmpty, type DrawingOptions } from './drawing';
import { Picture } from './Picture';
import { REDRAW_INTERVAL } from './redraw';
import { ValuesTable } from './ValuesTable';

export interface PlotProps {
  readonly title: string;
  readonly options: DrawingOptions;
  readonly marks: readonly ChangeMark[];
  readonly extent: Range;
  /** Said while there is nothing to draw. */
  readonly empty: string;
  /** An unseen plot is not redrawn. */
  readonly seen: boolean;
}

const PlainPlot = (props: PlotProps) => {
  const { title, options, marks, extent, empty } = useCalm(props, REDRAW_INTERVAL);
  const drawing = useMemo(() => drawingOf(options), [options]);
  return (
    <>
      <div className="plot">
        {isEmpty(drawing) && (
          <p className="plot-empty hint">
            <span>{options.curves.length === 0 ? 'All its curves are hidden.' : empty}</span>
          </p>
        )}
        <Picture drawing={drawing} marks={marks} dots={options.dots} />
        <Cursor title={title} drawing={drawing} extent={extent} />
      </div>
      {drawing.leavesOut && (
        <p className="plot-note hint">
          Values of 0 and below have no place on a logarithmic scale and are left out.
        </p>
      )}
      <ValuesTable title={title} drawing={drawing} />
    </>
  );
};

/** What of a curve changes the picture; its present value is written elsewhere. */
const isSameCurve = (before: Curve, now: Curve | undefined): boolean =>
  before.key === now?.key &&
  before.name === now.name &&
  before.color === now.color &&
  before.column === now.column;

const isSame = ({ options: before, ...old }: PlotProps, { options: now, ...own }: PlotProps) =>
  before.curves.length === now.curves.length &&
  before.curves.every((curve, index) => isSameCurve(curve, now.curves[index])) &&
  before.log === now.log &&
  before.reference?.value === now.reference?.value &&
  JSON.stringify([before.range, old.extent, old.marks, old.title]) ===
    JSON.stringify([now.range, own.extent, own.marks, own.title]);

/** The curves themselves; redrawn when they change and are in sight, a few times a second. */
export const Plot = memo(PlainPlot, (before, now) => !now.seen || isSame(before, now));

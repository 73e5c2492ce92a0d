import { line } from 'd3-shape';
import { memo } from 'react';
import { CartesianGrid, LineChart, ReferenceLine, XAxis, YAxis } from 'recharts';
import { figure } from '../lib/format';
import { shareOf } from './axis';
import { CURVE_DASHES, REFERENCE_COLOR, REFERENCE_DASHES } from './curve';
import type { ChangeMark } from './curve';
import type { CurvePoint } from './decimate';
import type { Drawing } from './drawing';

/** Room around the curves, in pixels: what the axes are written in. */
const ROOM = { top: 8, right: 20, bottom: 26, left: 48 } as const;
const HEIGHT = 192;
/** Units of the curves' own coordinates to either side, stretched to the plot by the browser. */
const UNITS = 1000;

interface PictureProps {
  readonly drawing: Drawing;
  readonly marks: readonly ChangeMark[];
  readonly dots: boolean;
}

type FrameProps = Pick<Drawing, 'across' | 'up' | 'reference'> & Pick<PictureProps, 'marks'>;

const PlainFrame = ({ across, up, reference, marks }: FrameProps) => {
  const { top, right, bottom, left } = ROOM;
  return (
    <LineChart
      responsive
      accessibilityLayer={false}
      style={{ width: '100%', height: HEIGHT }}
      data={NO_ROWS}
      margin={{ top, right, bottom: 0, left: 0 }}
    >
      <CartesianGrid vertical={false} stroke="var(--rule)" />
      <XAxis
        dataKey="x"
        type="number"
        domain={[...across.domain]}
        ticks={[...across.ticks]}
        allowDataOverflow
        interval={0}
        tickLine={false}
        axisLine={{ stroke: 'var(--rule-strong)' }}
        tick={{ fill: 'var(--ink-soft)' }}
        height={bottom}
      />
      <YAxis
        dataKey="y"
        type="number"
        domain={[...up.domain]}
        ticks={[...up.ticks]}
        scale={up.scale}
        allowDataOverflow
        interval={0}
        width={left}
        tickLine={false}
        axisLine={false}
        tick={{ fill: 'var(--ink-soft)' }}
        tickFormatter={figure}
      />
      {marks.map(({ key, iteration, words, color }) => (
        <ReferenceLine
          key={key}
          x={iteration}
          stroke={color ?? 'var(--rule-strong)'}
          strokeOpacity={color === null ? 1 : 0.5}
          label={{ value: words, position: 'insideTopLeft', className: 'change-label' }}
        />
      ))}
      {reference !== undefined && (
        <ReferenceLine
          y={reference.value}
          stroke={REFERENCE_COLOR}
          strokeDasharray={REFERENCE_DASHES}
        />
      )}
    </LineChart>
  );
};

/** The axes are given; the chart has nothing to work out. */
const NO_ROWS: readonly { x: number; y: number }[] = [];

/** Axes, grid and marks, which cost most and change seldom. */
const Frame = memo(PlainFrame, (before, now) => JSON.stringify(before) === JSON.stringify(now));

/** The curves, each with points of its own, in shares of the plot. */
const Curves = ({ drawing: { lines, across, up }, dots }: Omit<PictureProps, 'marks'>) => {
  const x = (point: CurvePoint): number => UNITS * shareOf(across, point.x);
  const y = (point: CurvePoint): number => UNITS * (1 - shareOf(up, point.y ?? NaN));
  const path = line<CurvePoint>(x, y)
    .defined((point) => point.y !== null)
    .digits(1);
  return (
    <svg className="plot-curves" viewBox={`0 0 ${UNITS} ${UNITS}`} preserveAspectRatio="none">
      {lines.map(({ curve: { key, color, dashed = false }, points }) => (
        <g key={key} stroke={color}>
          <path
            className="recharts-line-curve"
            d={path(points) ?? ''}
            {...(dashed ? { strokeDasharray: CURVE_DASHES } : {})}
          />
          {dots && (
            <path
              className="plot-points"
              d={points.map((point) => `M${x(point).toFixed(1)},${y(point).toFixed(1)}h0`).join('')}
            />
          )}
        </g>
      ))}
    </svg>
  );
};

/** A chart without words. Says nothing to a screen reader: text beside it does. */
export const Picture = ({ drawing, marks, dots }: PictureProps) => {
  const { across, up, reference } = drawing;
  return (
    <div aria-hidden>
      <Frame across={across} up={up} reference={reference} marks={marks} />
      <Curves drawing={drawing} dots={dots} />
    </div>
  );
};

import { line } from 'd3-shape';
import { useId } from 'react';
import {
  CartesianGrid,
  LineChart,
  ReferenceLine,
  usePlotArea,
  useXAxisScale,
  useYAxisScale,
  XAxis,
  YAxis,
} from 'recharts';
import { figure } from '../lib/format';
import { CURVE_DASHES, REFERENCE_COLOR, REFERENCE_DASHES } from './curve';
import type { ChangeMark } from './curve';
import type { CurvePoint } from './decimate';
import type { Drawing, Line } from './drawing';

/** Room around the curves, in pixels: what the axes are written in. */
export const ROOM = { top: 8, right: 12, bottom: 26, left: 48 } as const;
export const HEIGHT = 192;

interface PictureProps {
  readonly drawing: Drawing;
  readonly marks: readonly ChangeMark[];
  readonly dots: boolean;
}

/** The curves in the chart around it: paths of their own, since each has points of its own. */
const Curves = ({ lines, dots }: { lines: readonly Line[]; dots: boolean }) => {
  const clip = useId();
  const [across, up, area] = [useXAxisScale(), useYAxisScale(), usePlotArea()];
  if (across === undefined || up === undefined || area === undefined) return null;
  const x = (point: CurvePoint): number => across(point.x) ?? 0;
  const y = (point: CurvePoint): number => up(point.y) ?? 0;
  const path = line<CurvePoint>(x, y)
    .defined((point) => point.y !== null)
    .digits(1);
  return (
    <g>
      <clipPath id={clip}>
        <rect x={area.x} y={area.y - 2} width={area.width + 2} height={area.height + 4} />
      </clipPath>
      <g clipPath={`url(#${clip})`}>
        {lines.map(({ curve: { key, color, dashed = false }, points }) => (
          <g key={key}>
            <path
              className="recharts-line-curve"
              d={path(points) ?? ''}
              fill="none"
              stroke={color}
              strokeWidth={2}
              strokeLinejoin="round"
              strokeLinecap="round"
              {...(dashed ? { strokeDasharray: CURVE_DASHES } : {})}
            />
            {dots &&
              points.map((point) => (
                <circle key={point.x} cx={x(point)} cy={y(point)} r={2} fill={color} />
              ))}
          </g>
        ))}
      </g>
    </g>
  );
};

/** Axes, grid and curves. Says nothing to a screen reader: text beside it does. */
export const Picture = ({ drawing, marks, dots }: PictureProps) => {
  const { lines, across, up, reference } = drawing;
  const { top, right, bottom, left } = ROOM;
  return (
    <LineChart
      responsive
      aria-hidden
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
      <Curves lines={lines} dots={dots} />
    </LineChart>
  );
};

/** The axes are given; the chart has nothing to work out. */
const NO_ROWS: readonly { x: number; y: number }[] = [];

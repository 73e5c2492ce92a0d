import { memo } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import { iterationsInWords } from '../lab/rows';
import type { ChartRow } from '../lab/rows';
import { figure } from '../lib/format';
import { iterationAxis, REFERENCE_COLOR, valueAxis } from './curve';
import type { AxisKind, ChangeMark, Curve, Reference } from './curve';
import { Swatch } from './Legend';

export interface PlotProps {
  readonly title: string;
  readonly rows: readonly ChartRow[];
  readonly curves: readonly Curve[];
  readonly marks: readonly ChangeMark[];
  readonly reference?: Reference | undefined;
  readonly axis: AxisKind;
  /** What the vertical axis shows at least, so that noise is not blown up into a story. */
  readonly least: number;
  /** Points far apart are marked, so that a first one is seen. */
  readonly dots: boolean;
  /** Said while there is nothing to draw. */
  readonly empty: string;
  /** An unseen plot is not redrawn. */
  readonly seen: boolean;
}

const HEIGHT = 190;
/** Least length of the horizontal axis, in iterations. */
const SHORTEST = 10;

interface CardProps {
  readonly row: ChartRow | undefined;
  readonly curves: readonly Curve[];
}

const TooltipCard = ({ row, curves }: CardProps) => {
  if (row === undefined) return null;
  return (
    <div className="chart-tooltip">
      <p>{iterationsInWords(row)}</p>
      {curves.map(({ key, name, color, dashed = false }) => {
        const value = row.values[key];
        if (value === null || value === undefined) return null;
        return (
          <p key={key}>
            <Swatch color={color} dashed={dashed} /> {name} <b>{figure(value)}</b>
          </p>
        );
      })}
    </div>
  );
};

const ChangeLine = ({ iteration, words, color }: Omit<ChangeMark, 'key'>) => (
  <ReferenceLine
    x={iteration}
    stroke={color ?? 'var(--rule-strong)'}
    strokeOpacity={color === null ? 1 : 0.5}
    label={{ value: words, position: 'insideTopLeft', className: 'change-label' }}
  />
);

const shownValues = ({ rows, curves, reference }: PlotProps): number[] => {
  const curveValues = rows.flatMap((row) => curves.map(({ key }) => row.values[key] ?? 0));
  return reference === undefined ? curveValues : [...curveValues, reference.value];
};

const PlainPlot = (props: PlotProps) => {
  const { title, rows, curves, marks, reference, axis, least, dots, empty } = props;
  const iterations = iterationAxis(Math.max(SHORTEST, rows.at(-1)?.last ?? 0));
  const used = rows.filter((row) => curves.some(({ key }) => typeof row.values[key] === 'number'));
  const values = valueAxis(axis, shownValues(props), least);
  return (
    <div className="plot" style={{ height: HEIGHT }}>
      {used.length === 0 && <p className="plot-empty hint">{empty}</p>}
      <LineChart
        responsive
        style={{ width: '100%', height: HEIGHT }}
        data={used}
        margin={{ top: 8, right: 12, bottom: 4, left: 0 }}
        title={title}
      >
        <CartesianGrid vertical={false} stroke="var(--rule)" />
        <XAxis
          dataKey="x"
          type="number"
          {...iterations}
          interval={0}
          tickLine={false}
          axisLine={{ stroke: 'var(--rule-strong)' }}
          tick={{ fill: 'var(--ink-soft)' }}
          height={24}
        />
        <YAxis
          {...values}
          interval={0}
          width={48}
          tickLine={false}
          axisLine={false}
          tick={{ fill: 'var(--ink-soft)' }}
          tickFormatter={figure}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--rule-strong)' }}
          content={({ payload }) => (
            <TooltipCard row={payload[0]?.payload as ChartRow | undefined} curves={curves} />
          )}
        />
        {marks.map(({ key, ...mark }) => (
          <ChangeLine key={key} {...mark} />
        ))}
        {reference !== undefined && (
          <ReferenceLine y={reference.value} stroke={REFERENCE_COLOR} strokeDasharray="2 5" />
        )}
        {curves.map(({ key, name, color, dashed = false }) => (
          <Line
            key={key}
            dataKey={(row: ChartRow) => row.values[key] ?? null}
            name={name}
            stroke={color}
            strokeWidth={2}
            {...(dashed ? { strokeDasharray: '3 4' } : {})}
            dot={dots ? { r: 2, strokeWidth: 0, fill: color } : false}
            activeDot={{ r: 3, strokeWidth: 0, fill: color }}
            connectNulls={dots}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </div>
  );
};

/** The curves themselves; redrawn when the rows change and the plot is in sight. */
export const Plot = memo(PlainPlot, (before, now) => !now.seen || isSame(before, now));

const isSame = (before: PlotProps, now: PlotProps): boolean =>
  before.seen === now.seen &&
  before.rows === now.rows &&
  before.reference?.value === now.reference?.value &&
  JSON.stringify([before.marks, before.curves.map(look)]) ===
    JSON.stringify([now.marks, now.curves.map(look)]);

/** What of a curve changes the picture; its present value is written elsewhere. */
const look = ({ key, name, color }: Curve): string[] => [key, name, color];

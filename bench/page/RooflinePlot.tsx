import { scaleLog } from 'd3-scale';
import { CartesianGrid, ComposedChart, Line, Scatter, Tooltip, XAxis, YAxis } from 'recharts';
import type { TooltipContentProps } from 'recharts';
import { short } from '../figures';
import type { RoofPoint, Roofline } from './roofline';

const HEIGHT = 320;

/** Powers of ten, the only ones that are written. */
const ticks = ([from, to]: readonly [number, number]): number[] =>
  scaleLog()
    .domain([from, to])
    .ticks()
    .filter((value) => Number.isInteger(Math.round(Math.log10(value) * 1e6) / 1e6));

const Words = ({ payload }: Pick<TooltipContentProps<number, string>, 'payload'>) => {
  const point = payload.at(-1)?.payload as RoofPoint | undefined;
  if (point === undefined) return null;
  return (
    <p className="roof-words">
      <b>{point.name}</b>
      <br />
      {short(point.gflops)} GFLOP/s at {short(point.intensity)} operations a byte
    </p>
  );
};

/** Products under the roof of their adapter. */
export const RooflinePlot = ({ roofline }: { roofline: Roofline }) => (
  <figure className="roofline" aria-label="Products under the adapter’s roof">
    <ComposedChart
      responsive
      accessibilityLayer={false}
      style={{ width: '100%', height: HEIGHT }}
      margin={{ top: 12, right: 20, bottom: 20, left: 12 }}
    >
      <CartesianGrid stroke="var(--rule)" />
      <XAxis
        dataKey="intensity"
        type="number"
        scale="log"
        domain={[...roofline.across]}
        ticks={ticks(roofline.across)}
        tick={{ fill: 'var(--ink-soft)' }}
        label={{ value: 'operations a byte', position: 'insideBottom', offset: -12 }}
      />
      <YAxis
        dataKey="gflops"
        type="number"
        scale="log"
        domain={[...roofline.up]}
        ticks={ticks(roofline.up)}
        tick={{ fill: 'var(--ink-soft)' }}
        label={{ value: 'GFLOP/s', angle: -90, position: 'insideLeft' }}
      />
      <Tooltip content={({ payload }) => <Words payload={payload} />} isAnimationActive={false} />
      <Line
        data={[...roofline.roof]}
        dataKey="gflops"
        dot={false}
        stroke="var(--shield)"
        strokeWidth={2}
        isAnimationActive={false}
      />
      <Scatter data={[...roofline.points]} fill="var(--spear)" isAnimationActive={false} />
    </ComposedChart>
    <figcaption className="hint">
      Each dot is a product. It cannot be above the line: on the slope memory is the limit, on the
      flat part arithmetic is.
    </figcaption>
  </figure>
);

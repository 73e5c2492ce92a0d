import { scaleLinear, scaleLog } from 'd3-scale';
import { area, line } from 'd3-shape';
import { figure } from '../../lab/claims/series';
import type { SeriesPoint } from '../../lab/summarise';
import { armColor, armDash } from './colors';
import { html, type Html } from './html';

/** One arm's curve; `place` is the arm's place in the record, which gives its colour. */
export interface Curve {
  readonly name: string;
  readonly place: number;
  readonly points: readonly SeriesPoint[];
}

export interface PlotOptions {
  readonly title: string;
  /** What the vertical axis is, and what is better. */
  readonly about: string;
  readonly xLabel: string;
  readonly curves: readonly Curve[];
  /** A range that the axis always shows; it widens for values outside. */
  readonly range?: readonly [number, number];
}

const [WIDTH, HEIGHT] = [380, 230];
const MARGIN = { left: 48, right: 10, top: 8, bottom: 34 };

/** Highest over lowest value from which an axis is logarithmic. */
const LOG_FROM = 25;

const lowOf = ({ mean, deviation }: SeriesPoint): number => mean - (deviation ?? 0);
const highOf = ({ mean, deviation }: SeriesPoint): number => mean + (deviation ?? 0);

interface Axis {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
  readonly logarithmic: boolean;
}

/** Tenths of a pixel are enough. */
const rounded = (value: number): number => Number(value.toFixed(1));

const verticalAxis = (curves: readonly Curve[], range: PlotOptions['range']): Axis => {
  const points = curves.flatMap((curve) => curve.points);
  const means = points.map(({ mean }) => mean);
  const [least, most] = [Math.min(...means), Math.max(...means)];
  const pixels = [HEIGHT - MARGIN.bottom, MARGIN.top];
  if (!range && least > 0 && most > LOG_FROM * least) {
    const scale = scaleLog([least, Math.max(...points.map(highOf))], pixels).nice();
    const [low = least, high = most] = scale.domain();
    const ticks = scale.ticks(5);
    // A decade with all its nine marks has no room for as many labels.
    const labels =
      ticks.length > 7 ? ticks.filter((tick) => Number.isInteger(Math.log10(tick))) : ticks;
    return {
      at: (value) => rounded(scale(Math.min(Math.max(value, low), high))),
      ticks: labels,
      logarithmic: true,
    };
  }
  const low = Math.min(range?.[0] ?? Infinity, ...points.map(lowOf));
  const high = Math.max(range?.[1] ?? -Infinity, ...points.map(highOf));
  // A constant gets an axis around it rather than its rounding errors under a glass.
  const flat = high - low <= 1e-6 * Math.max(Math.abs(low), Math.abs(high), 1e-6);
  const margin = Math.abs(high) / 10 || 1;
  const scale = scaleLinear(flat ? [low - margin, high + margin] : [low, high], pixels).nice(5);
  return { at: (value) => rounded(scale(value)), ticks: scale.ticks(5), logarithmic: false };
};

const tickLabel = (value: number): string =>
  Math.abs(value) >= 10_000 ? `${figure(value / 1000)}k` : String(Number(value.toPrecision(6)));

const curveOf = ({ points, place }: Curve, x: Axis['at'], y: Axis['at']): Html => {
  const path = line<SeriesPoint>(
    ({ iteration }) => x(iteration),
    ({ mean }) => y(mean),
  ).digits(1);
  const band = area<SeriesPoint>(
    ({ iteration }) => x(iteration),
    (point) => y(lowOf(point)),
    (point) => y(highOf(point)),
  ).digits(1);
  const spread = points.filter(({ deviation }) => deviation !== null);
  const color = armColor(place);
  const [only] = points;
  return html`<g style="--c: ${color}">
    ${spread.length > 1 && html`<path class="band" d="${band(spread)}" />`}
    ${
      points.length === 1 && only
        ? html`<circle class="dot" cx="${x(only.iteration)}" cy="${y(only.mean)}" r="3" />`
        : html`<path class="curve" stroke-dasharray="${armDash(place)}" d="${path(points)}" />`
    }
  </g>`;
};

/** What a reader who cannot see the plot is told: where every curve ends. */
const inWords = ({ curves, xLabel }: PlotOptions): string =>
  curves
    .map(({ name, points }) => {
      const [first, last] = [points[0], points.at(-1)];
      if (!first || !last) return `${name}: nothing`;
      const from = points.length > 1 ? `from ${figure(first.mean)} to ` : '';
      return `${name}: ${from}${figure(last.mean)} at ${xLabel} ${last.iteration}`;
    })
    .join('; ');

/** A line plot with a band of one standard deviation, as inline SVG; null without a point. */
export const linePlot = (options: PlotOptions): Html | null => {
  const curves = options.curves.filter(({ points }) => points.length > 0);
  if (curves.length === 0) return null;
  const iterations = curves.flatMap(({ points }) => points.map(({ iteration }) => iteration));
  const [first, last] = [Math.min(...iterations), Math.max(...iterations)];
  const scale = scaleLinear(first === last ? [first - 1, last + 1] : [first, last], [
    MARGIN.left,
    WIDTH - MARGIN.right,
  ]);
  const x = (value: number): number => rounded(scale(value));
  const y = verticalAxis(curves, options.range);
  const bottom = HEIGHT - MARGIN.bottom;
  const { title, about, xLabel } = options;
  return html`<figure class="plot">
    <figcaption><b>${title}</b> ${about}${y.logarithmic && ' Logarithmic.'}</figcaption>
    <svg
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      role="img"
      aria-label="${title}. ${inWords({ ...options, curves })}."
    >
      ${y.ticks.map(
        (tick) =>
          html`<line
              class="rule"
              x1="${MARGIN.left}"
              x2="${WIDTH - MARGIN.right}"
              y1="${y.at(tick)}"
              y2="${y.at(tick)}"
            />
            <text x="${MARGIN.left - 6}" y="${y.at(tick) + 4}" text-anchor="end"
              >${tickLabel(tick)}</text
            >`,
      )}
      ${scale
        .ticks(6)
        .map(
          (tick) =>
            html`<text x="${x(tick)}" y="${bottom + 15}" text-anchor="middle"
              >${tickLabel(tick)}</text
            >`,
        )}
      <text x="${(MARGIN.left + WIDTH - MARGIN.right) / 2}" y="${HEIGHT - 3}" text-anchor="middle">
        ${xLabel}
      </text>
      ${curves.map((curve) => curveOf(curve, x, y.at))}
    </svg>
  </figure>`;
};

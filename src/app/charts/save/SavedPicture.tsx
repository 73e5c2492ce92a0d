import { line } from 'd3-shape';
import { figure } from '../../lib/format';
import { shareOf } from '../axis';
import { CURVE_DASHES, REFERENCE_COLOR, REFERENCE_DASHES } from '../curve';
import type { ChangeMark } from '../curve';
import type { CurvePoint } from '../decimate';
import type { Drawing } from '../drawing';
import { wrap } from './words';

export interface SavedPictureProps {
  readonly title: string;
  readonly reading: string;
  /** What the horizontal axis counts. */
  readonly across: string;
  readonly drawing: Drawing;
  readonly marks: readonly ChangeMark[];
  readonly dots: boolean;
  /** The value of a custom property, since a file has no style sheet. */
  readonly colorOf: (color: string) => string;
}

const WIDTH = 960;
const EDGE = 32;
const PLOT = { left: 92, width: WIDTH - 92 - EDGE, height: 340 };
const FONT = "Inter, 'Helvetica Neue', Arial, sans-serif";
/** Letters of the reading in one line, and pixels that a letter of the legend takes at most. */
const READING_LETTERS = 124;
const LEGEND_LETTER = 7.6;
const LEGEND_SWATCH = 30;
const [READING_LINE, LEGEND_LINE] = [20, 24];

interface Entry {
  readonly key: string;
  readonly words: string;
  readonly color: string;
  readonly dashes: string | undefined;
}

interface Placed extends Entry {
  readonly x: number;
  readonly row: number;
}

/** Puts the legend's entries side by side, in as many rows as they need. */
const placeLegend = (entries: readonly Entry[]): Placed[] => {
  let [x, row] = [EDGE, 0];
  return entries.map((entry) => {
    const width = LEGEND_SWATCH + LEGEND_LETTER * entry.words.length + 24;
    if (x > EDGE && x + width > WIDTH - EDGE) [x, row] = [EDGE, row + 1];
    const placed = { ...entry, x, row };
    x += width;
    return placed;
  });
};

const legendOf = ({ drawing: { lines, reference } }: SavedPictureProps): Placed[] => [
  ...placeLegend([
    ...lines.map(({ curve: { key, name, color, dashed = false }, points }) => ({
      key,
      words: `${name} ${figure(points.findLast(({ y }) => y !== null)?.y)}`,
      color,
      dashes: dashed ? CURVE_DASHES : undefined,
    })),
    ...(reference === undefined
      ? []
      : [
          {
            key: 'reference',
            words: `${reference.name} ${figure(reference.value)}`,
            color: REFERENCE_COLOR,
            dashes: REFERENCE_DASHES,
          },
        ]),
  ]),
];

const Curves = ({ drawing, dots, top, colorOf }: SavedPictureProps & { top: number }) => {
  const x = (point: CurvePoint): number =>
    PLOT.left + PLOT.width * shareOf(drawing.across, point.x);
  const y = (point: CurvePoint): number =>
    top + PLOT.height * (1 - shareOf(drawing.up, point.y ?? NaN));
  const path = line<CurvePoint>(x, y)
    .defined((point) => point.y !== null)
    .digits(1);
  return drawing.lines.map(({ curve: { key, name, color, dashed = false }, points }) => (
    <g key={key}>
      <title>{name}</title>
      <path
        d={path(points) ?? ''}
        fill="none"
        stroke={colorOf(color)}
        strokeWidth={2.5}
        strokeLinejoin="round"
        strokeLinecap="round"
        strokeDasharray={dashed ? CURVE_DASHES : undefined}
      />
      {dots &&
        points.map((point) => (
          <circle key={point.x} cx={x(point)} cy={y(point)} r={3} fill={colorOf(color)} />
        ))}
    </g>
  ));
};

/** A chart that is legible alone: its words, axes and legend beside its curves, on a light ground. */
export const SavedPicture = (props: SavedPictureProps) => {
  const { title, reading, across, drawing, marks, colorOf } = props;
  const { reference } = drawing;
  const lines = wrap(reading, READING_LETTERS);
  const legend = legendOf(props);
  const legendTop = 88 + READING_LINE * lines.length;
  const top = legendTop + LEGEND_LINE * (1 + (legend.at(-1)?.row ?? 0)) + 12;
  const bottom = top + PLOT.height;
  const right = PLOT.left + PLOT.width;
  const [ink, soft, rule] = ['var(--ink)', 'var(--ink-soft)', 'var(--rule)'].map(colorOf);
  const x = (place: number): number => PLOT.left + PLOT.width * shareOf(drawing.across, place);
  const y = (value: number): number => top + PLOT.height * (1 - shareOf(drawing.up, value));
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={WIDTH}
      height={bottom + 64}
      viewBox={`0 0 ${WIDTH} ${bottom + 64}`}
      fontFamily={FONT}
      fontSize={14}
    >
      <title>{title}</title>
      <desc>{reading}</desc>
      <rect width="100%" height="100%" fill={colorOf('var(--surface)')} />
      <text x={EDGE} y={50} fontSize={22} fontWeight={600} fill={ink}>
        {title}
      </text>
      {lines.map((words, index) => (
        <text key={words} x={EDGE} y={78 + READING_LINE * index} fill={soft}>
          {words}
        </text>
      ))}
      {legend.map(({ key, words, color, dashes, x: left, row }) => (
        <g key={key} transform={`translate(${left} ${legendTop + LEGEND_LINE * row})`}>
          <line
            x2={20}
            y1={-5}
            y2={-5}
            stroke={colorOf(color)}
            strokeWidth={3}
            strokeLinecap="round"
            strokeDasharray={dashes}
          />
          <text x={LEGEND_SWATCH} fill={ink}>
            {words}
          </text>
        </g>
      ))}
      {drawing.up.ticks.map((tick) => (
        <g key={tick}>
          <line x1={PLOT.left} x2={right} y1={y(tick)} y2={y(tick)} stroke={rule} />
          <text x={PLOT.left - 10} y={y(tick) + 5} textAnchor="end" fill={soft}>
            {figure(tick)}
          </text>
        </g>
      ))}
      <line x1={PLOT.left} x2={right} y1={bottom} y2={bottom} stroke={soft} />
      {drawing.across.ticks.map((tick) => (
        <text key={tick} x={x(tick)} y={bottom + 22} textAnchor="middle" fill={soft}>
          {tick}
        </text>
      ))}
      <text x={(PLOT.left + right) / 2} y={bottom + 46} textAnchor="middle" fill={soft}>
        {across}
      </text>
      <text
        transform={`translate(${EDGE - 6} ${(top + bottom) / 2}) rotate(-90)`}
        textAnchor="middle"
        fill={soft}
      >
        {drawing.up.scale === 'log' ? `${title}, logarithmic` : title}
      </text>
      {marks
        .filter(({ iteration }) => x(iteration) >= PLOT.left && x(iteration) <= right)
        .map(({ key, iteration, words, color }) => (
          <g key={key}>
            <line
              x1={x(iteration)}
              x2={x(iteration)}
              y1={top}
              y2={bottom}
              stroke={color === null ? soft : colorOf(color)}
              strokeOpacity={0.5}
            />
            <text x={x(iteration) + 6} y={top + 14} fontSize={12} fill={soft}>
              {words}
            </text>
          </g>
        ))}
      {reference !== undefined && (
        <line
          x1={PLOT.left}
          x2={right}
          y1={y(reference.value)}
          y2={y(reference.value)}
          stroke={colorOf(REFERENCE_COLOR)}
          strokeDasharray={REFERENCE_DASHES}
        />
      )}
      <clipPath id="curves">
        <rect x={PLOT.left} y={top - 3} width={PLOT.width + 3} height={PLOT.height + 6} />
      </clipPath>
      <g clipPath="url(#curves)">
        <Curves {...props} top={top} />
      </g>
    </svg>
  );
};

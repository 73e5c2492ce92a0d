import { figure } from '../lib/format';
import { REFERENCE_COLOR } from './curve';
import type { Curve, Reference } from './curve';

/** A short piece of a line, as it is drawn in the chart. */
export const Swatch = ({ color, dashed = false }: { color: string; dashed?: boolean }) => (
  <svg className="swatch" width="18" height="8" aria-hidden>
    <line
      x1="1"
      x2="17"
      y1="4"
      y2="4"
      stroke={color}
      strokeWidth="2.5"
      strokeLinecap="round"
      {...(dashed ? { strokeDasharray: '2 4.5' } : {})}
    />
  </svg>
);

interface LegendProps {
  readonly curves: readonly Curve[];
  readonly reference?: Reference | undefined;
}

/** The curves' names with their present values. */
export const Legend = ({ curves, reference }: LegendProps) => (
  <dl className="legend">
    {curves.map(({ key, name, color, dashed = false, value, testId }) => (
      <div key={key}>
        <dt>
          <Swatch color={color} dashed={dashed} />
          {name}
        </dt>
        {value !== undefined && <dd data-testid={testId}>{figure(value)}</dd>}
      </div>
    ))}
    {reference !== undefined && (
      <div>
        <dt>
          <Swatch color={REFERENCE_COLOR} dashed />
          {reference.name}
        </dt>
        <dd data-testid={reference.testId}>{figure(reference.value)}</dd>
      </div>
    )}
  </dl>
);

import { figure } from '../lib/format';
import { REFERENCE_COLOR } from './curve';
import type { Curve, Owner, Reference } from './curve';
import { toggleOwner } from './look';

/** A short piece of a line, as it is drawn in the chart. */
export const Swatch = ({ color, dashed = false }: { color: string; dashed?: boolean }) => (
  <svg className="curve-swatch" width="18" height="8" aria-hidden>
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
  /** Whose curves are not drawn. */
  readonly off: ReadonlySet<Owner>;
}

/** The curves' names with their present values; a name pressed hides its owner’s curves, or shows them again. */
export const Legend = ({ curves, reference, off }: LegendProps) => (
  <ul className="legend">
    {curves.map(({ key, owner, name, color, dashed = false, value, testId }) => (
      <li key={key}>
        <button
          type="button"
          className="legend-name"
          aria-pressed={!off.has(owner)}
          onClick={() => toggleOwner(owner)}
        >
          <Swatch color={color} dashed={dashed} />
          {name}
        </button>
        {value !== undefined && (
          <span className="legend-value" data-testid={testId}>
            {figure(value)}
          </span>
        )}
      </li>
    ))}
    {reference !== undefined && (
      <li>
        <span className="legend-name">
          <Swatch color={REFERENCE_COLOR} dashed />
          {reference.name}
        </span>
        <span className="legend-value" data-testid={reference.testId}>
          {figure(reference.value)}
        </span>
      </li>
    )}
  </ul>
);

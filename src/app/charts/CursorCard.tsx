import { figure } from '../lib/format';
import { useAcross } from './across';
import { Swatch } from './Legend';
import type { Values } from './valuesAt';

interface CursorCardProps {
  readonly values: Values;
  readonly cursor: number;
  /** How far to the right the cursor is: the card stands where there is more room. */
  readonly share: number;
}

/** The values of all curves where the cursor is, or nearest to it. */
export const CursorCard = ({ values: { x, values }, cursor, share }: CursorCardProps) => {
  const { name } = useAcross();
  const place =
    share < 0.5
      ? { left: `calc(${100 * share}% + 0.6rem)`, maxWidth: `calc(${100 * (1 - share)}% - 0.6rem)` }
      : {
          right: `calc(${100 * (1 - share)}% + 0.6rem)`,
          maxWidth: `calc(${100 * share}% - 0.6rem)`,
        };
  return (
    <div className="chart-tooltip" style={place} data-testid="chart-tooltip" aria-hidden>
      <p>
        {name} {x}
        {x !== cursor && ` (nearest to ${cursor})`}
      </p>
      {values.map(({ curve: { key, name: words, color, dashed = false }, value }) => (
        <p key={key}>
          <Swatch color={color} dashed={dashed} />
          <span>{words}</span>
          <b>{figure(value)}</b>
        </p>
      ))}
    </div>
  );
};

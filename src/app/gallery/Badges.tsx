import type { ArmSpec } from '../../lab/config';
import { TERM_IDS, TERM_NAMES } from '../lib/terms';

/** Arms that are moved by the same terms. */
interface Group {
  readonly terms: readonly (typeof TERM_IDS)[number][];
  readonly count: number;
}

const groupsOf = (arms: readonly ArmSpec[]): Group[] => {
  const groups = new Map<string, Group>();
  for (const { config } of arms) {
    const terms = TERM_IDS.filter((id) => config.terms[id].enabled);
    const key = terms.join();
    groups.set(key, { terms, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  return [...groups.values()];
};

/** Which terms move the arms of a set-up, in their colours; equal ones once. */
export const Badges = ({ arms }: { arms: readonly ArmSpec[] }) => (
  <span className="badges">
    {groupsOf(arms).map(({ terms, count }) => (
      <span key={terms.join()} className="badge-group">
        {terms.map((id) => (
          <span key={id} className="badge" data-term={id}>
            {TERM_NAMES[id]}
          </span>
        ))}
        {terms.length === 0 && <span className="badge">no term</span>}
        {count > 1 && <span className="hint">× {count}</span>}
      </span>
    ))}
  </span>
);

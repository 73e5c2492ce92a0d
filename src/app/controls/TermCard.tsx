import { Switch } from 'radix-ui';
import { useId } from 'react';
import type { ReactNode } from 'react';
import type { TermId } from '../../distill/config';
import { withTerm } from '../state/bench';
import { useSteer, useSteered } from '../state/steering';
import { Restore } from '../fields/Restore';
import { WeightSlider } from './WeightSlider';

interface TermCardProps {
  readonly id: TermId;
  readonly title: string;
  readonly summary: string;
  /** Why it cannot be switched on here; null: it can. */
  readonly missing?: string | null;
  readonly children?: ReactNode;
}

/** One term of the update: its switch, what it does, and, while it is on, its knobs. */
export const TermCard = ({ id, title, summary, missing = null, children }: TermCardProps) => {
  const label = useId();
  const about = useId();
  const enabled = useSteered(({ terms }) => terms[id].enabled);
  const change = useSteer();
  return (
    <section className="term-card" data-term={id} data-off={!enabled} aria-labelledby={label}>
      <div className="term-head" data-restorable>
        <h2 id={label}>{title}</h2>
        <Restore setting={`${id}.enabled`} />
        <Switch.Root
          className="switch"
          checked={enabled}
          disabled={missing !== null && !enabled}
          onCheckedChange={(on) => change((config) => withTerm(config, id, { enabled: on }))}
          aria-labelledby={label}
          aria-describedby={about}
        >
          <Switch.Thumb className="switch-thumb" />
        </Switch.Root>
      </div>
      <p className="term-summary" id={about}>
        {summary}
      </p>
      {missing !== null && <p className="hint">{missing}</p>}
      {enabled && (
        <div className="term-knobs">
          {children}
          <WeightSlider id={id} />
        </div>
      )}
    </section>
  );
};

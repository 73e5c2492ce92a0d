import { Switch } from 'radix-ui';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { useSettings, withTerm } from '../state/settings';
import type { TermId } from '../../distill/config';

interface TermCardProps {
  readonly id: TermId;
  readonly title: string;
  readonly summary: string;
  readonly children: ReactNode;
}

/** One term of the update: its switch, what it does, and its knobs. */
export const TermCard = ({ id, title, summary, children }: TermCardProps) => {
  const label = useId();
  const about = useId();
  const enabled = useSettings(({ config }) => config.terms[id].enabled);
  const toggle = (on: boolean): void =>
    useSettings.getState().change((config) => withTerm(config, id, { enabled: on }));
  return (
    <section className="term-card" data-term={id} data-off={!enabled} aria-labelledby={label}>
      <div className="term-head">
        <h2 id={label}>{title}</h2>
        <Switch.Root
          className="switch"
          checked={enabled}
          onCheckedChange={toggle}
          aria-labelledby={label}
          aria-describedby={about}
        >
          <Switch.Thumb className="switch-thumb" />
        </Switch.Root>
      </div>
      <p className="term-summary" id={about}>
        {summary}
      </p>
      <div className="term-knobs">{children}</div>
    </section>
  );
};

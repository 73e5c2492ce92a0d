import type { ReactNode } from 'react';
import { withTerm } from '../state/bench';
import { useSteer, useSteered } from '../state/steering';
import { Checkbox } from '../fields/Checkbox';
import { TauControls } from './TauControls';
import { TermCard } from './TermCard';
import { Trouble } from './Trouble';

interface ShieldCardProps {
  readonly summary: string;
  /** A picture of the noise levels that were drawn lately. */
  readonly drawn?: ReactNode;
}

/** The switch and the knobs of distribution matching. */
export const ShieldCard = ({ summary, drawn }: ShieldCardProps) => {
  const shared = useSteered(({ terms }) => terms.dm.sharedTau);
  const spear = useSteered(({ terms }) => terms.ca.enabled);
  const change = useSteer();
  return (
    <TermCard id="dm" title="DM, the shield" summary={summary}>
      <Checkbox
        checked={shared}
        setting="dm.sharedTau"
        onChange={(on) => change((config) => withTerm(config, 'dm', { sharedTau: on }))}
      >
        Share <i>τ</i> and noise with CA, as the original DMD does
      </Checkbox>
      <Trouble at="sharedTau" />
      {(!shared || !spear) && <TauControls id="dm" drawn={drawn} />}
    </TermCard>
  );
};

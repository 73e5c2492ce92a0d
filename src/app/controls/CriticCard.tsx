import { withCritic } from '../state/bench';
import { useSteer, useSteered } from '../state/steering';
import { Checkbox } from '../fields/Checkbox';
import { LabelledSlider } from '../fields/LabelledSlider';
import { Trouble } from './Trouble';

interface CriticCardProps {
  /** What an observer is good for. */
  readonly observing: string;
}

/** How the critic is trained, which DM compares the teacher with. */
export const CriticCard = ({ observing }: CriticCardProps) => {
  const change = useSteer();
  const updates = useSteered(({ critic }) => critic.updates);
  const observer = useSteered(({ critic }) => critic.observer);
  const used = useSteered(({ terms }) => terms.dm.enabled);
  return (
    <section className="critic-card" aria-labelledby="critic-heading">
      <h2 id="critic-heading">The critic</h2>
      {(used || observer) && (
        <LabelledSlider
          label="Critic updates per iteration"
          setting="critic.updates"
          value={updates}
          min={0}
          max={10}
          step={1}
          shown={String(updates)}
          hint="How closely the critic follows the student."
          onChange={(next) => change((config) => withCritic(config, { updates: next }))}
        />
      )}
      <Trouble at="critic" />
      <Checkbox
        checked={observer}
        setting="critic.observer"
        onChange={(on) => change((config) => withCritic(config, { observer: on }))}
      >
        Observer: train it although no term uses it, {observing}
      </Checkbox>
    </section>
  );
};

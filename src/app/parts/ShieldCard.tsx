import { useSettings, withCritic } from '../state/settings';
import { LabelledSlider } from './LabelledSlider';
import { TauRange } from './TauRange';
import { TermCard } from './TermCard';

const changeUpdates = (updates: number): void =>
  useSettings.getState().change((config) => withCritic(config, { updates }));

/** The switch and the knobs of distribution matching. */
export const ShieldCard = () => {
  const updates = useSettings(({ config }) => config.critic.updates);
  return (
    <TermCard
      id="dm"
      title="DM, the shield"
      summary="Distribution matching pulls back whatever the critic finds in the student’s pictures and the teacher would not draw."
    >
      <LabelledSlider
        label="Critic updates per iteration"
        value={updates}
        min={0}
        max={10}
        step={1}
        shown={String(updates)}
        hint={
          updates === 0
            ? 'The critic stands still, and the shield with it grows blind.'
            : 'How closely the critic follows the student.'
        }
        onChange={changeUpdates}
      />
      <TauRange id="dm" />
    </TermCard>
  );
};

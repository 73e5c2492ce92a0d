import { changeArm, useArmConfig, withTerm } from '../state/bench';
import { Checkbox } from './Checkbox';
import { TauControls } from './TauControls';
import { TermCard } from './TermCard';

/** The switch and the knobs of distribution matching. */
export const ShieldCard = () => {
  const shared = useArmConfig(({ terms }) => terms.dm.sharedTau);
  return (
    <TermCard
      id="dm"
      title="DM, the shield"
      summary="Distribution matching pulls back whatever the critic finds in the student’s pictures and the teacher would not draw."
    >
      <Checkbox
        checked={shared}
        onChange={(on) => changeArm((config) => withTerm(config, 'dm', { sharedTau: on }))}
      >
        Share <i>τ</i> and noise with CA, as the original DMD does
      </Checkbox>
      {!shared && <TauControls id="dm" />}
    </TermCard>
  );
};

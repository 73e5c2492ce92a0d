import { SETTINGS, type SettingId } from '../settings/catalogue';
import { useOrigin, useSteered, useSteering } from '../state/steering';
import { RestoreButton } from './RestoreButton';

/** Gives one setting of an arm back what it was set up with. */
export const Restore = ({ setting }: { setting: SettingId }) => {
  const { name, read, restore } = SETTINGS[setting];
  const now = useSteered(read);
  const before = useOrigin(read);
  const { change, origin } = useSteering();
  return (
    <RestoreButton
      name={name}
      now={now}
      before={before}
      onRestore={() => change((config) => restore(config, origin.getState()))}
    />
  );
};

import { useSteer, useSteered } from '../state/steering';
import { Checkbox } from '../fields/Checkbox';
import { Trouble } from './Trouble';

/** Switches the normaliser of DMD2. */
export const NormaliseBox = () => {
  const normalise = useSteered((config) => config.normalise);
  const change = useSteer();
  return (
    <>
      <Checkbox
        checked={normalise}
        setting="normalise"
        onChange={(on) => change((config) => ({ ...config, normalise: on }))}
      >
        Divide the updates of CA and DM by their size, as DMD2 does
      </Checkbox>
      <Trouble at="normalise" />
    </>
  );
};

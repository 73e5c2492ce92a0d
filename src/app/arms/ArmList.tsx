import { Copy, Plus } from 'lucide-react';
import { MOST_ARMS } from '../../lab/config';
import { addArm, duplicateArm, useBench } from '../state/bench';
import { ArmCard } from './ArmCard';

/** The ways to one arm more. */
const AddButtons = () => {
  const full = useBench(({ arms }) => arms.length >= MOST_ARMS);
  const why = `There are at most ${MOST_ARMS} arms`;
  return (
    <div className="arm-add">
      <button
        type="button"
        className="button quiet"
        disabled={full}
        onClick={duplicateArm}
        title={
          full ? why : 'A copy of the selected arm; in a run it goes on from where that arm stands'
        }
      >
        <Copy aria-hidden /> Duplicate
      </button>
      <button
        type="button"
        className="button quiet"
        disabled={full}
        onClick={addArm}
        title={full ? why : 'An arm with the usual settings, which begins at the teacher'}
      >
        <Plus aria-hidden /> New arm
      </button>
    </div>
  );
};

/** The students that are compared; the controls act on the selected one. */
export const ArmList = () => {
  const arms = useBench((bench) => bench.arms);
  const selected = useBench((bench) => bench.selected);
  return (
    <section className="arms" aria-labelledby="arms-heading">
      <div className="arms-head">
        <h2 id="arms-heading">Arms</h2>
        <AddButtons />
      </div>
      <ul>
        {arms.map((arm) => (
          <ArmCard key={arm.id} arm={arm} selected={arm.id === selected} only={arms.length === 1} />
        ))}
      </ul>
    </section>
  );
};

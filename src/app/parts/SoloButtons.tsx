import type { Solo } from '../../distill/solo';
import type { ArmConfig } from '../../lab/config';
import { useLab } from '../lab/context';
import { useBench } from '../state/bench';
import { useRun } from '../state/run';

/** Whether an arm has a critic that learns. */
const trainsCritic = ({ terms, critic }: ArmConfig): boolean =>
  (terms.dm.enabled || critic.observer) && critic.updates > 0;

const SOLOS: readonly (readonly [Solo, words: string, brief: string, title: string])[] = [
  ['student', 'Student only', '+S', 'One update of every student; critics stand still'],
  ['critic', 'Critic only', '+C', 'One update of every critic; students stand still'],
];

/** Whether the critic's turn would change anything. */
export const useCriticTrains = (): boolean =>
  useBench(({ arms }) => arms.some(({ config }) => trainsCritic(config)));

/** One update of one network alone, for a close look at what each does. */
export const SoloButtons = () => {
  const lab = useLab();
  const held = useRun(({ state }) => state === 'paused');
  const criticTrains = useCriticTrains();
  return SOLOS.map(([solo, words, brief, title]) => {
    const idle = solo === 'critic' && !criticTrains;
    return (
      <button
        key={solo}
        type="button"
        className="button"
        disabled={!held || idle}
        onClick={() => lab.step(solo)}
        title={idle ? 'No arm has a critic that learns' : `Pause first. ${title}`}
      >
        <span className="wide-only">{words}</span>
        <span className="narrow-only" aria-hidden>
          {brief}
        </span>
      </button>
    );
  });
};

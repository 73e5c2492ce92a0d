import type { Solo } from '../../distill/solo';

const SOLOS: readonly (readonly [Solo, words: string, brief: string, title: string])[] = [
  ['student', 'Student only', '+S', 'One update of the student; the critic stands still'],
  ['critic', 'Critic only', '+C', 'One update of the critic; the student stands still'],
];

interface SoloButtonsProps {
  /** Whether a run is held, to be advanced by hand. */
  readonly held: boolean;
  /** Whether the critic's turn would change anything. */
  readonly criticTrains: boolean;
  readonly onStep: (solo: Solo) => void;
}

/** One update of one network alone, for a close look at what each does. */
export const SoloButtons = ({ held, criticTrains, onStep }: SoloButtonsProps) =>
  SOLOS.map(([solo, words, brief, title]) => {
    const idle = solo === 'critic' && !criticTrains;
    return (
      <button
        key={solo}
        type="button"
        className="button"
        disabled={!held || idle}
        onClick={() => onStep(solo)}
        title={idle ? 'There is no critic that learns' : `Pause first. ${title}`}
      >
        <span className="wide-only">{words}</span>
        <span className="narrow-only" aria-hidden>
          {brief}
        </span>
      </button>
    );
  });

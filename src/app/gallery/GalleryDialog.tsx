import '../styles/gallery.css';
import { Dialog } from 'radix-ui';
import { labConfigOf, type Experiment } from '../../lab/experiments/experiment';
import { useLab } from '../lab/context';
import { endRun } from '../lab/endRun';
import { chooseExperiment, EXPERIMENTS } from '../lab/experiments';
import { DialogClose } from '../fields/DialogClose';
import { useExperiment } from '../state/experiment';
import { Badges } from './Badges';
import { OwnCards } from './OwnCards';

interface CardProps {
  readonly experiment: Experiment;
  readonly onChoose: (id: string) => void;
}

const Card = ({ experiment, onChoose }: CardProps) => {
  const { id, title, paper, question } = experiment;
  const chosen = useExperiment((state) => state.chosen === id);
  return (
    <li className="card" data-chosen={chosen}>
      <button
        type="button"
        className="card-pick"
        aria-pressed={chosen}
        onClick={() => onChoose(id)}
      >
        <b>
          {id.toUpperCase()}: {title}
        </b>
        <span>{question}</span>
        <span className="card-foot">
          <span className="hint">{paper}</span>
          <Badges arms={labConfigOf(experiment).arms} />
        </span>
      </button>
    </li>
  );
};

/** The paper's experiments and the visitor's own set-ups, to choose from. */
export const GalleryDialog = ({ onClose }: { onClose: () => void }) => {
  const lab = useLab();
  const free = useExperiment(({ chosen }) => chosen === null);
  const choose = (id: string): void => {
    endRun(lab);
    chooseExperiment(id);
    onClose();
  };
  const play = (): void => {
    chooseExperiment(null);
    onClose();
  };
  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-veil" />
        <Dialog.Content className="dialog gallery">
          <Dialog.Title className="dialog-title">Experiments</Dialog.Title>
          <Dialog.Description className="dialog-about">
            Each sets up its arms, and says what to look at. A run that is on ends.
          </Dialog.Description>
          <section className="gallery-part" aria-labelledby="paper-heading">
            <h3 id="paper-heading">The paper’s</h3>
            <ul className="cards" aria-labelledby="paper-heading">
              {EXPERIMENTS.map((experiment) => (
                <Card key={experiment.id} experiment={experiment} onChoose={choose} />
              ))}
              <li className="card" data-chosen={free}>
                <button type="button" className="card-pick" aria-pressed={free} onClick={play}>
                  <b>Free play</b>
                  <span>No claims: the bench stays as it is, and so does its run.</span>
                </button>
              </li>
            </ul>
          </section>
          <OwnCards onChosen={onClose} />
          <DialogClose />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};

import { Pencil, Save } from 'lucide-react';
import { useEffect, useState, type SubmitEvent } from 'react';
import { useLab } from '../lab/context';
import { armsInWords } from '../lab/setUp';
import { openLink } from '../lab/shareLink';
import { NameField } from '../fields/NameField';
import { RemoveButton } from '../fields/RemoveButton';
import { Badges } from './Badges';
import {
  loadOwnExperiments,
  removeExperiment,
  renameExperiment,
  saveExperiment,
  useOwnExperiments,
  type OwnExperiment,
} from './ownExperiments';

interface OwnCardProps {
  readonly experiment: OwnExperiment;
  readonly onChosen: () => void;
}

const OwnCard = ({ experiment, onChosen }: OwnCardProps) => {
  const { id, name, saved, link, setUp } = experiment;
  const [naming, setNaming] = useState(false);
  const lab = useLab();
  const open = (): void => {
    openLink(link, lab, { name: `“${name}”` });
    onChosen();
  };
  return (
    <li className="card">
      {naming ? (
        <NameField
          name={name}
          onRename={(next) => void renameExperiment(id, next)}
          onDone={() => setNaming(false)}
        />
      ) : (
        <button type="button" className="card-pick" onClick={open}>
          <b>{name}</b>
          <span className="hint">
            {armsInWords(setUp)}, saved on {new Date(saved).toLocaleDateString('en-GB')}
          </span>
          <Badges arms={setUp.lab.arms} />
        </button>
      )}
      <span className="card-tools">
        <button
          type="button"
          className="icon-button small"
          aria-label={`Rename ${name}`}
          onClick={() => setNaming(true)}
        >
          <Pencil aria-hidden />
        </button>
        <RemoveButton name={name} onRemove={() => void removeExperiment(id)} />
      </span>
    </li>
  );
};

/** Keeps the present set-up under a name. */
const SaveForm = () => {
  const [name, setName] = useState('');
  const save = (event: SubmitEvent): void => {
    event.preventDefault();
    if (name.trim() === '') return;
    void saveExperiment(name);
    setName('');
  };
  return (
    <form className="gallery-save" onSubmit={save}>
      <input
        className="arm-name-field"
        aria-label="Name of the present set-up"
        placeholder="Name the present set-up"
        value={name}
        maxLength={80}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <button type="submit" className="button" disabled={name.trim() === ''}>
        <Save aria-hidden /> Save as experiment
      </button>
    </form>
  );
};

/** The visitor's own set-ups, which stay in this browser until they are removed. */
export const OwnCards = ({ onChosen }: Pick<OwnCardProps, 'onChosen'>) => {
  const experiments = useOwnExperiments((state) => state.experiments);
  useEffect(() => void loadOwnExperiments(), []);
  return (
    <section aria-labelledby="own-experiments-heading" className="gallery-part">
      <h3 id="own-experiments-heading">Your own, kept in this browser</h3>
      <SaveForm />
      {experiments.length > 0 && (
        <ul className="cards" aria-labelledby="own-experiments-heading">
          {experiments.map((experiment) => (
            <OwnCard key={experiment.id} experiment={experiment} onChosen={onChosen} />
          ))}
        </ul>
      )}
    </section>
  );
};

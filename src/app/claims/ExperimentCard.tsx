import type { Experiment } from '../../lab/experiments/experiment';
import { GalleryButton } from '../gallery/GalleryButton';
import { useChosenExperiment } from '../lab/experiments';
import { TaskChooser } from '../bench/TaskChooser';

const Story = ({ experiment }: { experiment: Experiment }) => {
  const { question, finding, look, note } = experiment;
  return (
    <div className="experiment-story">
      <p className="experiment-question">{question}</p>
      <p>{finding}</p>
      <p>
        <b>Look at:</b> {look}
      </p>
      {note !== undefined && <p className="hint">{note}</p>}
    </div>
  );
};

/** What is drawn, and which of the experiments the bench was set up after. */
export const ExperimentCard = () => {
  const experiment = useChosenExperiment();
  return (
    <section className="experiment" aria-label="Experiment">
      <TaskChooser />
      <GalleryButton />
      {experiment !== undefined && <Story experiment={experiment} />}
    </section>
  );
};

import { LayoutGrid } from 'lucide-react';
import { useState } from 'react';
import { later } from '../messages/later';
import { useChosenExperiment } from '../lab/experiments';

const GalleryDialog = later(async () => (await import('./GalleryDialog')).GalleryDialog);

/** Says which experiment the bench was set up after, and opens the gallery to choose another. */
export const GalleryButton = () => {
  const [open, setOpen] = useState(false);
  const experiment = useChosenExperiment();
  const title = experiment ? `${experiment.id.toUpperCase()}: ${experiment.title}` : 'Free play';
  return (
    <div className="gallery-button">
      <button
        type="button"
        className="button"
        aria-haspopup="dialog"
        aria-label={`Experiments; now ${title}`}
        onClick={() => setOpen(true)}
      >
        <LayoutGrid aria-hidden /> Experiments
      </button>
      <b>{title}</b>
      {open && <GalleryDialog onClose={() => setOpen(false)} />}
    </div>
  );
};

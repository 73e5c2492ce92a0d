import { Cpu } from 'lucide-react';
import { useRun } from '../state/run';

interface SoftwareNoteProps {
  /** What makes it quicker. */
  readonly advice: string;
}

/** Says that a CPU plays the GPU. */
export const SoftwareNote = ({ advice }: SoftwareNoteProps) => (
  <aside className="callout" aria-label="Software adapter">
    <Cpu aria-hidden />
    <p>
      <b>A CPU is standing in for a GPU.</b> Everything works and every figure is right, only far
      slower than on a graphics card. {advice}
    </p>
  </aside>
);

/** Says that a CPU plays the lab's GPU, where it does. */
export const SoftwareWarning = () => {
  const software = useRun((state) => state.adapter?.software ?? false);
  if (!software) return null;
  return (
    <SoftwareNote advice="A smaller batch (under “More settings”) makes an iteration shorter; so do fewer arms." />
  );
};

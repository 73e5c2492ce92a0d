import { Download, Image, Table } from 'lucide-react';
import { useLab } from '../lab/context';
import { useTakenArm } from './Choices';
import { savePictures } from './pictures';
import { Programs } from './Programs';
import { useTakeHome } from './store';

/** The student for other programs, and what was seen and measured. */
export const OtherFiles = () => {
  const lab = useLab();
  const arm = useTakenArm();
  const weights = useTakeHome((state) => state.weights);
  const program = useTakeHome((state) => state.program);
  return (
    <section aria-labelledby="other-files-heading">
      <h3 id="other-files-heading">Other files</h3>
      <div className="take-home-buttons">
        <button
          type="button"
          className="button"
          onClick={() => lab.saveStudent({ arm: arm.id, weights })}
        >
          <Download aria-hidden /> Weights as safetensors
        </button>
        <button type="button" className="button" onClick={() => savePictures()}>
          <Image aria-hidden /> Pictures as PNG
        </button>
        {(['json', 'csv'] as const).map((format) => (
          <button
            key={format}
            type="button"
            className="button"
            onClick={() => lab.download(format)}
          >
            <Table aria-hidden /> Record as {format.toUpperCase()}
          </button>
        ))}
      </div>
      {program !== null && <Programs programs={[program]} />}
    </section>
  );
};

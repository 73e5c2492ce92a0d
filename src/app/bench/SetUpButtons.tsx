import { FileDown } from 'lucide-react';
import { useLab } from '../lab/context';
import { openSetUp, saveSetUp } from '../lab/setUpFile';
import { CopyLink } from './CopyLink';
import { OpenFile } from '../fields/OpenFile';

/** Shares what is set up as a link, saves it as a file, and opens such a file. */
export const SetUpButtons = () => {
  const lab = useLab();
  return (
    <>
      <CopyLink />
      <button type="button" className="button quiet" onClick={() => void saveSetUp()}>
        <FileDown aria-hidden /> Save set-up
      </button>
      <OpenFile label="Open set-up" onFile={(file) => void openSetUp(file, lab)} />
    </>
  );
};

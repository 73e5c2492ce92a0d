import { FlaskConical, GraduationCap } from 'lucide-react';
import { useEffect, useState } from 'react';
import { portText } from '../../../lab/foreign/declared';
import { useLab } from '../../lab/context';
import { useTeachers } from '../../lab/teachers';
import { useTask } from '../../state/task';
import { distilFromPage } from '../../teacher/ownTeacher';
import { FilePicker } from '../FilePicker';
import { ConditionFields } from '../onnx/ConditionFields';
import { ConventionFields } from '../onnx/ConventionFields';
import { keptForeignName } from '../onnx/kept';
import { PortFields } from '../onnx/PortFields';
import { adoptKeptNetwork, adoptNetwork, readNetwork, tryNetwork } from '../onnx/session';
import { useOnnx } from '../onnx/store';
import { StudentFields } from '../onnx/StudentFields';
import { TrialResult } from '../onnx/TrialResult';
import { ReadingState } from '../ReadingState';
import { isSingle, type OwnTab } from '../tab';

/** Which network is learnt from, and which one an earlier visit kept. */
const Offers = () => {
  const task = useTask((state) => state.task);
  const used = useTeachers(({ choice }) => (choice?.kind === 'foreign' ? choice.order.id : null));
  const [kept, setKept] = useState<string | null>(null);
  useEffect(() => {
    void keptForeignName(task.id).then(setKept);
  }, [task, used]);
  if (used === null && kept === null) return null;
  return (
    <aside className="callout resume" aria-label="A network of yours">
      <GraduationCap aria-hidden />
      <p>
        {used === null ? (
          <>
            <b>Kept here:</b> {kept}.
          </>
        ) : (
          <b>Students are distilled from {used}.</b>
        )}
      </p>
      <div className="callout-buttons">
        {used === null ? (
          <button type="button" className="button" onClick={() => void adoptKeptNetwork()}>
            Use it
          </button>
        ) : (
          <button type="button" className="button" onClick={distilFromPage}>
            Use the page’s teacher
          </button>
        )}
      </div>
    </aside>
  );
};

/** What the file says, what it does not, and the trial of both. */
const Description = () => {
  const draft = useOnnx((state) => state.draft);
  const name = useOnnx((state) => state.name);
  const busy = useOnnx((state) => state.busy);
  const tried = useOnnx(({ trial }) => trial !== null);
  const lab = useLab();
  if (draft === null) return null;
  return (
    <section className="own-summary" aria-label="The network">
      <h3>{name}</h3>
      <p className="hint">
        Takes {draft.inputs.map(portText).join('; ')}. Gives{' '}
        {draft.outputs.map(portText).join('; ')}.
      </p>
      <div className="onnx-fields">
        <PortFields />
        <ConventionFields />
        <ConditionFields />
      </div>
      <div className="teacher-buttons">
        <button
          type="button"
          className={tried ? 'button' : 'button primary'}
          aria-disabled={busy !== null}
          onClick={() => {
            if (busy === null) tryNetwork(lab);
          }}
        >
          <FlaskConical aria-hidden /> {busy === 'trying' ? 'Trying…' : 'Try it'}
        </button>
      </div>
      <TrialResult />
    </section>
  );
};

/** Offered once the network was tried as it is described. */
const Adoption = () => {
  const tried = useOnnx(({ trial }) => trial !== null);
  if (!tried) return null;
  return (
    <>
      <StudentFields />
      <div className="teacher-buttons">
        <button type="button" className="button primary" onClick={() => void adoptNetwork()}>
          <GraduationCap aria-hidden /> Use this teacher
        </button>
      </div>
    </>
  );
};

/** A network made elsewhere: what it is asked how, what it then does, and the way to distil from it. */
const Panel = () => {
  const busy = useOnnx((state) => state.busy);
  const refusal = useOnnx((state) => state.refusal);
  const title = useTask(({ task }) => task.title);
  const size = useTask(({ task }) => task.size);
  const hasPictures = useTask(({ task }) => task.openImages !== null);
  const lab = useLab();
  if (!hasPictures) {
    return (
      <p>
        “{title}” has no real pictures, on which such a network is tried and imitated. Choose
        another task, or make one of pictures of your own.
      </p>
    );
  }
  return (
    <>
      <Offers />
      <FilePicker
        accept=".onnx"
        label="Choose a network"
        onFiles={([file]) => file && void readNetwork(file.file, lab)}
      >
        Any <code>.onnx</code> network that draws “{title}”: noisy pictures (3x{size}x{size}, clean
        ones from -1 to 1), a time and, at most, a condition in; velocity, noise or clean pictures
        out. ONNX Runtime (27 MB, from this site) runs it.
      </FilePicker>
      {busy !== null && (
        <p className="hint" role="status">
          {busy === 'looking' ? 'Looking at the file…' : 'Drawing a few pictures with it…'}
        </p>
      )}
      {refusal !== null && <ReadingState reading={{ state: 'refused', message: refusal }} />}
      <Description />
      <Adoption />
    </>
  );
};

export const tab: OwnTab = {
  id: 'onnx',
  title: 'ONNX network',
  place: 3,
  reads: 'a network (.onnx)',
  accepts: (files) => isSingle(files, '.onnx'),
  open: ([file], lab) => file && void readNetwork(file.file, lab),
  Panel,
};

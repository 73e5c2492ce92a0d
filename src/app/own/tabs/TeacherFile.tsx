import { GraduationCap } from 'lucide-react';
import type { TeacherSummary } from '../../../worker/own/protocol';
import { useLab } from '../../lab/context';
import { megabytes } from '../../lib/format';
import { AttributeList } from '../AttributeList';
import { FilePicker } from '../FilePicker';
import { ReadingState } from '../ReadingState';
import { ownSession } from '../session';
import { useOwn } from '../store';
import { isSingle, type OwnTab } from '../tab';

/** Values that are named; of more only the number is said. */
const NAMED = 12;

const inWords = (values: readonly string[]): string =>
  values.length > NAMED
    ? `${values.slice(0, NAMED).join(', ')} and ${values.length - NAMED} more`
    : values.join(', ');

const Summary = ({ summary }: { summary: TeacherSummary }) => {
  const { title, width, depth, heads, patch, size, parameters, memory, attributes } = summary;
  return (
    <section className="own-summary" aria-label="The teacher">
      <h3>{title}</h3>
      <p>
        Draws {size}x{size} pixels. {parameters.toLocaleString('en')} parameters: width {width},{' '}
        {depth} {depth === 1 ? 'block' : 'blocks'}, {heads} heads, patches of {patch}. With one
        student it takes about {megabytes(memory)} of the graphics card’s memory, and more for each
        arm and larger batches.
      </p>
      <h4>What its prompts may say</h4>
      <AttributeList
        attributes={attributes.map(({ title: name, values }) => [name, inWords(values)] as const)}
      />
    </section>
  );
};

/** A teacher's file: what it holds, and the way to distil from it. */
const Panel = () => {
  const reading = useOwn((state) => state.teacher);
  const keeping = useOwn((state) => state.keeping);
  const lab = useLab();
  return (
    <>
      <FilePicker
        accept=".safetensors"
        label="Choose a teacher"
        onFiles={([file]) => file && ownSession.readTeacher(file.file)}
      >
        A teacher of this page’s kind (a DiT in a <code>.safetensors</code> file that states its
        sizes), of any task: yours from an earlier visit, or one trained elsewhere.
      </FilePicker>
      <ReadingState reading={reading} />
      {reading.state === 'read' && (
        <>
          <Summary summary={reading.result} />
          <p className="hint">
            It comes without real pictures and without a judge, unless its task is known here: what
            needs them is then not available. It is kept in this browser as your own teacher of its
            task, in place of an earlier one.
          </p>
          <div className="teacher-buttons">
            <button
              type="button"
              className="button primary"
              disabled={keeping}
              onClick={() => ownSession.keepTeacher(lab)}
            >
              <GraduationCap aria-hidden /> Use this teacher
            </button>
          </div>
        </>
      )}
    </>
  );
};

export const tab: OwnTab = {
  id: 'teacher',
  title: 'Teacher file',
  place: 1,
  reads: 'a teacher (.safetensors)',
  accepts: (files) => isSingle(files, '.safetensors'),
  open: ([file]) => file && ownSession.readTeacher(file.file),
  Panel,
};

import { ChevronRight, Images } from 'lucide-react';
import { useId } from 'react';
import { OWN_SIZES } from '../../../lab/own/collect';
import type { PicturesSummary } from '../../../worker/own/protocol';
import { useLab } from '../../lab/context';
import { Choice } from '../../fields/Choice';
import { PictureSheet } from '../../fields/PictureSheet';
import { AttributeList } from '../AttributeList';
import { FilePicker } from '../FilePicker';
import { ReadingState } from '../ReadingState';
import { ownSession } from '../session';
import { useOwn } from '../store';
import { isSingle, type OwnTab } from '../tab';

const IMAGE = /\.(png|jpe?g|gif|webp)$/i;

const SizeChoice = () => {
  const size = useOwn((state) => state.size);
  return (
    <Choice
      label="Size"
      value={String(size)}
      options={OWN_SIZES.map((edge) => [String(edge), `${edge}x${edge}`] as const)}
      hint="Pixels that a picture is scaled to; larger ones take longer."
      onChange={(edge) => ownSession.chooseSize(Number(edge))}
    />
  );
};

const TitleField = () => {
  const title = useOwn((state) => state.title);
  const id = useId();
  return (
    <div className="field number-field">
      <label htmlFor={id}>Name of the task</label>
      <input
        id={id}
        type="text"
        maxLength={60}
        autoComplete="off"
        placeholder="Own pictures"
        value={title}
        onChange={(event) => useOwn.setState({ title: event.currentTarget.value })}
      />
    </div>
  );
};

/** How many pictures show each value, most frequent first. */
const countsOf = ({ definition }: PicturesSummary, index: number): string => {
  const { attributes, pictures } = definition;
  const { values = [] } = attributes[index] ?? {};
  const counts = values.map(() => 0);
  let open = 0;
  for (const [prompt, count] of pictures?.shown ?? []) {
    const id = prompt[index] ?? values.length;
    if (id < values.length) counts[id] = (counts[id] ?? 0) + count;
    else open += count;
  }
  const named = values.map((value, id) => `${value} (${counts[id] ?? 0})`);
  const shown = named.slice(0, 20);
  const more = named.length > shown.length ? [`${named.length - shown.length} more`] : [];
  return [...shown, ...more, ...(open > 0 ? [`not said (${open})`] : [])].join(', ');
};

const Refused = ({ refused, refusedCount }: PicturesSummary) => {
  if (refusedCount === 0) return null;
  return (
    <details className="more own-refused">
      <summary>
        <ChevronRight aria-hidden /> {refusedCount} {refusedCount === 1 ? 'file was' : 'files were'}{' '}
        left out
      </summary>
      <ul>
        {refused.map(({ path, reason }) => (
          <li key={path}>
            <b>{path}</b>: {reason}
          </li>
        ))}
        {refusedCount > refused.length && <li>and {refusedCount - refused.length} more</li>}
      </ul>
    </details>
  );
};

const Summary = ({ summary }: { summary: PicturesSummary }) => {
  const { definition, preview } = summary;
  const { attributes, pictures, size } = definition;
  const shown = preview.length / (3 * size * size);
  return (
    <section className="own-summary" aria-label="The pictures">
      <h3>
        {pictures?.count} pictures of {size}x{size} pixels
      </h3>
      <PictureSheet
        className="own-preview"
        images={preview}
        shape={[shown, 3, size, size]}
        label={`${shown} of the pictures, as they are learnt from`}
      />
      <h4>What prompts may say</h4>
      <AttributeList
        attributes={attributes.map(
          ({ title }, index) => [title, countsOf(summary, index)] as const,
        )}
      />
      <Refused {...summary} />
    </section>
  );
};

/** Pictures of a visitor's own: what was made of them, and the way to a task. */
const Panel = () => {
  const reading = useOwn((state) => state.pictures);
  const keeping = useOwn((state) => state.keeping);
  const lab = useLab();
  return (
    <>
      <FilePicker
        accept=".zip,.png,.jpg,.jpeg,.gif,.webp,.csv"
        label="Choose pictures or a zip"
        multiple
        folder
        onFiles={(files) => ownSession.readPictures(files)}
      >
        8 to 20,000 small pictures (PNG, JPEG, GIF, WebP), loose, in a folder or a zip. Sub-folders
        say what they show; or a <code>labels.csv</code> does, with a column <code>file</code> and
        one for each attribute. They never leave this machine.
      </FilePicker>
      <div className="teacher-setup">
        <SizeChoice />
        <TitleField />
      </div>
      <ReadingState reading={reading} />
      {reading.state === 'read' && (
        <>
          <Summary summary={reading.result} />
          <p className="hint">
            A tenth is held out. The next step is a teacher: “Train your own teacher” opens with
            this task, and what it trains can be distilled. No classifier knows your pictures, so
            prompt accuracy and distances are not measured.
          </p>
          <div className="teacher-buttons">
            <button
              type="button"
              className="button primary"
              disabled={keeping}
              onClick={() => ownSession.keepPictures(lab)}
            >
              <Images aria-hidden /> Make it a task
            </button>
          </div>
        </>
      )}
    </>
  );
};

export const tab: OwnTab = {
  id: 'pictures',
  title: 'Images',
  place: 2,
  reads: 'pictures (images, a folder of them, or a .zip)',
  accepts: (files) => isSingle(files, '.zip') || files.some(({ path }) => IMAGE.test(path)),
  open: (files) => ownSession.readPictures(files),
  Panel,
};

import { ownTaskId, type OwnDefinition } from '../../tasks/own/definition';
import { useLab } from '../lab/context';
import { useOwnTasks } from '../lab/ownTasks';
import { RemoveButton } from '../fields/RemoveButton';
import { ownSession } from './session';

const about = ({ pictures, size }: OwnDefinition): string =>
  pictures
    ? `${pictures.count} pictures of ${size}x${size}`
    : `a teacher alone, ${size}x${size} pixels`;

const KeptTask = ({ definition }: { definition: OwnDefinition }) => {
  const lab = useLab();
  const { title } = definition;
  return (
    <li>
      <span>
        <b>{title}</b> <span className="hint">{about(definition)}</span>
      </span>
      <RemoveButton
        name={title}
        says="Remove"
        question="Really, with its teacher?"
        onRemove={() => ownSession.remove(lab, ownTaskId(definition))}
      />
    </li>
  );
};

/** The visitor's own tasks, which stay in this browser until they are removed. */
export const KeptTasks = () => {
  const definitions = useOwnTasks((state) => state.definitions);
  if (definitions.length === 0) return null;
  return (
    <section className="own-kept" aria-labelledby="own-kept-heading">
      <h3 id="own-kept-heading">Your own tasks here</h3>
      <ul>
        {definitions.map((definition) => (
          <KeptTask key={ownTaskId(definition)} definition={definition} />
        ))}
      </ul>
    </section>
  );
};

import { Ruler } from 'lucide-react';
import { figure } from '../lib/format';
import { NOT_JUDGED } from '../lib/missing';
import { useTask } from '../state/task';
import { teacherSession } from './session';
import { isThere, useTeacher } from './store';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Prompt accuracy and distance to real images, measured when asked for. */
export const Figures = () => {
  const measured = useTeacher((state) => state.figures);
  const busy = useTeacher(({ state, progress }) => !isThere(state) || progress !== null);
  const unjudged = useTask(({ task }) => task.classifier === null);
  return (
    <section className="teacher-figures" aria-label="Figures">
      <button
        type="button"
        className="button"
        disabled={busy || unjudged}
        onClick={() => teacherSession.measure()}
      >
        <Ruler aria-hidden /> Measure
      </button>
      {unjudged && <p className="hint">{NOT_JUDGED}</p>}
      {measured !== null && (
        <table>
          <caption className="hint">
            At step {measured.step}, {measured.figures.by.samples} images by 25 Euler steps; FD is
            the Fréchet distance to real ones.
          </caption>
          <thead>
            <tr>
              <th scope="col">Guidance</th>
              <th scope="col">Prompt accuracy</th>
              <th scope="col">All right</th>
              <th scope="col">FD</th>
            </tr>
          </thead>
          <tbody>
            {measured.figures.settings.map(({ guidance, meanAccuracy, allRight, frechet }) => (
              <tr key={guidance}>
                <th scope="row">{guidance}</th>
                <td>{percent(meanAccuracy)}</td>
                <td>{percent(allRight)}</td>
                <td>{figure(frechet)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};

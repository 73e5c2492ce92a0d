import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { LossRow } from '../../training/lossLog';
import { figure } from '../lib/format';
import { useTeacher } from './store';

const [WIDTH, HEIGHT] = [320, 96];

/** The loss over steps, as a curve from 0 upwards. */
const Curve = ({ rows, steps }: { rows: readonly LossRow[]; steps: number }) => {
  const x = scaleLinear([0, steps], [0, WIDTH]);
  const most = Math.max(...rows.map(({ loss }) => loss), Number.MIN_VALUE);
  const y = scaleLinear([0, most], [HEIGHT - 2, 2]);
  const path = line<LossRow>(
    ({ step }) => x(step),
    ({ loss }) => y(loss),
  )([...rows]);
  return (
    <svg
      className="loss-curve"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Loss from ${figure(rows[0]?.loss)} at first to ${figure(rows.at(-1)?.loss)} now`}
    >
      <path d={path ?? ''} vectorEffect="non-scaling-stroke" />
    </svg>
  );
};

/** The loss by noise level, a bar each. */
const Bars = ({ levels }: { levels: LossRow['levels'] }) => {
  const most = Math.max(...levels.map((value) => value ?? 0), Number.MIN_VALUE);
  return (
    <ol className="loss-bars" aria-label="Loss by noise level">
      {levels.map((value, level) => (
        <li key={level}>
          <span
            className="loss-bar"
            style={{ height: `${(100 * (value ?? 0)) / most}%` }}
            title={figure(value)}
          />
          <span className="visually-hidden">
            t {(level / levels.length).toFixed(1)}: {figure(value)}
          </span>
        </li>
      ))}
    </ol>
  );
};

/** How far the velocity is off: over steps, and by noise level. */
export const Losses = () => {
  const rows = useTeacher((state) => state.rows);
  const now = useTeacher((state) => state.now);
  const steps = useTeacher(({ recipe }) => recipe?.steps ?? 1);
  if (now === null) return null;
  return (
    <div className="teacher-losses">
      <figure>
        <figcaption>
          <b>Loss</b> <span data-testid="teacher-loss">{figure(now.loss)}</span>
          <span className="hint"> over steps</span>
        </figcaption>
        <Curve rows={[...rows, now]} steps={steps} />
      </figure>
      <figure>
        <figcaption>
          <b>By noise level</b>
          <span className="hint"> from noise to clean</span>
        </figcaption>
        <Bars levels={now.levels} />
      </figure>
    </div>
  );
};

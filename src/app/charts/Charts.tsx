import { changesInWords, useRun } from '../state/run';
import { useSamples } from '../state/samples';
import { Chart } from './Chart';
import type { Curve, Reference } from './curve';

const SPEAR = 'var(--spear)';
const SHIELD = 'var(--shield)';
const STUDENT = 'var(--student)';
const GHOST = 'var(--ghost)';

/** The curves of the run, redrawn when the session publishes new figures. */
export const Charts = () => {
  const rows = useRun((run) => run.rows);
  const latest = useRun((run) => run.latest);
  const ghost = useRun((run) => run.ghost);
  const changes = useRun((run) => run.changes);
  const target = useSamples(({ grids }) => grids.teacherGuided?.variance);

  const ghostCurve: Curve[] =
    ghost === null
      ? []
      : [
          {
            key: 'ghostVariance',
            name: `previous run: ${changesInWords(ghost.changes)}`,
            color: GHOST,
            dashed: true,
          },
        ];
  const reference: Reference | undefined =
    target === undefined
      ? undefined
      : { name: 'guided teacher', value: target, testId: 'teacher-variance-value' };

  return (
    <section className="charts" aria-labelledby="charts-heading">
      <h2 id="charts-heading">What happens inside</h2>
      <div className="charts-grid">
        <Chart
          title="Variance of the pictures"
          reading="Near the dotted line the pictures are as contrasty as the teacher’s; a climb without end is over-saturation."
          rows={rows}
          changes={changes}
          axis="fromZero"
          least={0.1}
          reference={reference}
          curves={[
            {
              key: 'imageVariance',
              name: 'student',
              color: STUDENT,
              value: latest?.imageVariance ?? null,
              testId: 'variance-value',
            },
            ...ghostCurve,
          ]}
        />
        <Chart
          title="Size of the two updates"
          reading="How far each term moves a pixel, root mean square; a term that is off has no curve."
          rows={rows}
          changes={changes}
          axis="fromZero"
          least={0.1}
          curves={[
            {
              key: 'caNorm',
              name: 'CA, the spear',
              color: SPEAR,
              value: latest?.caNorm ?? null,
              testId: 'ca-norm-value',
            },
            {
              key: 'dmNorm',
              name: 'DM, the shield',
              color: SHIELD,
              value: latest?.dmNorm ?? null,
              testId: 'dm-norm-value',
            },
          ]}
        />
        <Chart
          title="Mean of the pictures"
          reading="Their average brightness, from −1 (black) to 1 (white); a drift means that whole pictures change tone."
          rows={rows}
          changes={changes}
          axis="aroundZero"
          least={0.2}
          curves={[
            {
              key: 'imageMean',
              name: 'student',
              color: STUDENT,
              value: latest?.imageMean ?? null,
              testId: 'mean-value',
            },
          ]}
        />
        <Chart
          title="Loss of the critic"
          reading="How well the critic knows what the student draws; when it rises, the student is running ahead of it."
          rows={rows}
          changes={changes}
          axis="fromZero"
          least={0.1}
          curves={[
            {
              key: 'criticLoss',
              name: 'critic',
              color: SHIELD,
              value: latest?.criticLoss ?? null,
              testId: 'critic-loss-value',
            },
          ]}
        />
      </div>
    </section>
  );
};

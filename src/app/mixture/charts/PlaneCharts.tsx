import type { TermId } from '../../../distill/config';
import { Chart } from '../../charts/Chart';
import type { Curve, Reference } from '../../charts/curve';
import { TERM_COLORS, TERM_IDS, TERM_NAMES } from '../../lib/terms';
import { planeKey, type CurveName } from '../lib/curves';
import { OWN_SPREAD } from '../parts/PictureWords';
import { usePlaneRun } from '../state/run';
import { useSetup } from '../state/setup';
import { CHARTS, type PlaneChart } from './catalogue';

const INK = 'var(--ink)';

const NORMS: Readonly<Record<TermId, CurveName>> = {
  ca: 'caNorm',
  dm: 'dmNorm',
  meanVariance: 'meanVarianceNorm',
  gan: 'ganNorm',
};

const useMarks = () =>
  usePlaneRun((run) => run.marks).map(({ iteration, words }) => ({
    key: `${iteration} ${words}`,
    iteration,
    words,
    color: null,
  }));

const useCurve = (name: CurveName, words: string, color: string): Curve => ({
  key: planeKey(name),
  name: words,
  color,
  value: usePlaneRun((run) => run.figures?.[name] ?? null),
  testId: name,
});

/** One figure of the student, with what it is compared with. */
const Single = ({ entry }: { entry: PlaneChart }) => {
  const { figure, curve, ...rest } = entry;
  const rows = usePlaneRun((run) => run.rows);
  const floor = usePlaneRun((run) => run.figures?.divergenceFloor ?? null);
  const marks = useMarks();
  const references: Partial<Record<CurveName, Reference>> = {
    spread: { name: 'the teacher’s own', value: OWN_SPREAD, testId: 'own-spread' },
    ...(floor === null
      ? {}
      : { divergence: { name: 'as many points of the teacher', value: floor, testId: 'floor' } }),
  };
  return (
    <Chart
      {...rest}
      rows={rows}
      marks={marks}
      reference={references[figure]}
      curves={[useCurve(figure, curve, INK)]}
      dots={false}
      empty="Curves begin with the first iteration."
    />
  );
};

/** The updates, each term in its colour. */
const Updates = () => {
  const rows = usePlaneRun((run) => run.rows);
  const figures = usePlaneRun((run) => run.figures);
  const terms = useSetup(({ config }) => config.terms);
  const marks = useMarks();
  const shown = TERM_IDS.filter((id) => id === 'ca' || id === 'dm' || terms[id].enabled);
  return (
    <Chart
      title="Size of the updates"
      reading="How far each term moves a point, root mean square; a term that is off has no curve."
      axis="fromZero"
      least={0.1}
      rows={rows}
      marks={marks}
      curves={shown.map((id) => ({
        key: planeKey(NORMS[id]),
        name: TERM_NAMES[id],
        color: TERM_COLORS[id],
        value: figures?.[NORMS[id]] ?? null,
        testId: NORMS[id],
      }))}
      dots={false}
      empty="Curves begin with the first iteration."
    />
  );
};

/** The curves of the run. */
export const PlaneCharts = () => {
  const [first, second, ...rest] = CHARTS;
  return (
    <section className="charts plane-charts" aria-labelledby="charts-heading">
      <div className="section-head">
        <h2 id="charts-heading">What happens inside</h2>
      </div>
      <div className="charts-grid">
        <Single entry={first} />
        <Single entry={second} />
        <Updates />
        {rest.map((entry) => (
          <Single key={entry.figure} entry={entry} />
        ))}
      </div>
    </section>
  );
};

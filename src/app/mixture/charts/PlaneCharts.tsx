import { useMemo } from 'react';
import type { TermId } from '../../../distill/config';
import { AcrossContext, createAcross } from '../../charts/across';
import { Chart } from '../../charts/Chart';
import { ownerOf, type Curve, type Owner, type Reference } from '../../charts/curve';
import { HiddenCharts } from '../../charts/HiddenCharts';
import { extentOf } from '../../charts/run';
import { SpanBar } from '../../charts/SpanBar';
import { EMPTY_COLUMN } from '../../lab/columns';
import { TERM_COLORS, TERM_IDS, TERM_NAMES } from '../../lib/terms';
import { planeKey, type CurveName } from '../lib/curves';
import { OWN_SPREAD } from '../parts/PictureWords';
import { usePlaneRun } from '../state/run';
import { useSetup } from '../state/setup';
import { CHARTS, UPDATES_CHART, type PlaneChart } from './catalogue';

const INK = 'var(--ink)';

/** The iterations of the plane's run. */
const ITERATIONS = createAcross('Iteration');

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

const useExtent = () => {
  const columns = usePlaneRun((run) => run.columns);
  return useMemo(() => extentOf(columns), [columns]);
};

const useCurve = (name: CurveName, owner: Owner, words: string, color: string): Curve => ({
  key: planeKey(name),
  owner,
  name: words,
  column: usePlaneRun((run) => run.columns.get(planeKey(name))) ?? EMPTY_COLUMN,
  color,
  value: usePlaneRun((run) => run.figures?.[name] ?? null),
  testId: name,
});

/** One figure of the student, with what it is compared with. */
const Single = ({ entry }: { entry: PlaneChart }) => {
  const { figure, curve } = entry;
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
      entry={entry}
      marks={marks}
      reference={references[figure]}
      curves={[useCurve(figure, ownerOf('figure', entry.id), curve, INK)]}
      extent={useExtent()}
      empty="Curves begin with the first iteration."
    />
  );
};

/** The updates, each term in its colour. */
const Updates = () => {
  const columns = usePlaneRun((run) => run.columns);
  const figures = usePlaneRun((run) => run.figures);
  const terms = useSetup(({ config }) => config.terms);
  const marks = useMarks();
  const shown = TERM_IDS.filter((id) => id === 'ca' || id === 'dm' || terms[id].enabled);
  return (
    <Chart
      entry={UPDATES_CHART}
      marks={marks}
      curves={shown.map((id) => ({
        key: planeKey(NORMS[id]),
        owner: ownerOf('term', id),
        name: TERM_NAMES[id],
        color: TERM_COLORS[id],
        column: columns.get(planeKey(NORMS[id])) ?? EMPTY_COLUMN,
        value: figures?.[NORMS[id]] ?? null,
        testId: NORMS[id],
      }))}
      extent={useExtent()}
      empty="Curves begin with the first iteration."
    />
  );
};

/** The curves of the run. */
export const PlaneCharts = () => {
  const [first, second, ...rest] = CHARTS;
  return (
    <AcrossContext value={ITERATIONS}>
      <section className="charts plane-charts" aria-labelledby="charts-heading">
        <div className="section-head">
          <h2 id="charts-heading">What happens inside</h2>
        </div>
        <SpanBar extent={useExtent()} />
        <div className="charts-grid">
          <Single entry={first} />
          <Single entry={second} />
          <Updates />
          {rest.map((entry) => (
            <Single key={entry.figure} entry={entry} />
          ))}
        </div>
        <HiddenCharts entries={[...CHARTS, UPDATES_CHART]} />
      </section>
    </AcrossContext>
  );
};

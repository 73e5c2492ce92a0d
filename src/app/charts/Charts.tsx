import { Download } from 'lucide-react';
import { useLab } from '../lab/context';
import { curveKey } from '../lab/rows';
import { armColor } from '../lib/colors';
import { NOT_JUDGED } from '../lib/missing';
import { useTask } from '../state/task';
import { TERM_COLORS, TERM_IDS, TERM_NAMES } from '../lib/terms';
import { armOf, selectedArm, useBench } from '../state/bench';
import { isLive, useRun } from '../state/run';
import type { RunSlice } from '../state/run';
import { useSamples } from '../state/samples';
import { ARMS_CHARTS, UPDATE_FIGURES, UPDATES_CHART } from './catalogue';
import type { ArmsChart } from './catalogue';
import { Chart } from './Chart';
import { MissingChart } from './MissingChart';
import { GHOST_COLOR } from './curve';
import type { ChangeMark, Curve, Reference } from './curve';

/** The moments at which arms came to be moved by other terms. */
const useMarks = (): readonly ChangeMark[] => {
  const changes = useRun((run) => run.changes);
  const bench = useBench();
  const alone = bench.arms.length === 1;
  const seen = new Set<string>();
  return changes.flatMap(({ arm, iteration, terms }) => {
    const first = !seen.has(arm);
    seen.add(arm);
    const color = armOf(bench, arm)?.color;
    if (first || color === undefined) return [];
    return [
      {
        key: `${arm} ${iteration}`,
        iteration,
        words: terms,
        color: alone ? null : armColor(color),
      },
    ];
  });
};

/** Curves of earlier runs, which only the variance is compared with. */
const ghostCurves = ({ ghosts }: Pick<RunSlice, 'ghosts'>, figure: string): Curve[] =>
  ghosts.map(({ owner, words }) => ({
    key: curveKey(owner, figure),
    name: `previous run: ${words}`,
    color: GHOST_COLOR,
    dashed: true,
  }));

/** One figure of all arms, each in its colour. */
const CompareArms = ({ entry }: { entry: ArmsChart }) => {
  const { figure, from } = entry;
  const arms = useBench((bench) => bench.arms);
  const rows = useRun((run) => (from === 'training' ? run.trainingRows : run.measuredRows));
  const latest = useRun((run) => run.latest);
  const ghosts = useRun((run) => run.ghosts);
  const guided = useSamples(({ grids }) => grids.get('teacherGuided')?.variance);
  const marks = useMarks();
  const isVariance = figure === 'imageVariance';
  const reference: Reference | undefined =
    isVariance && guided !== undefined
      ? { name: 'guided teacher', value: guided, testId: 'teacher-variance' }
      : undefined;
  const curves = arms.map(({ id, name, color }): Curve => ({
    key: curveKey(id, figure),
    name: arms.length === 1 ? 'student' : name,
    color: armColor(color),
    value: latest[id]?.[figure] ?? null,
    testId: `${figure}-${id}`,
  }));
  return (
    <Chart
      {...entry}
      rows={rows}
      marks={marks}
      reference={reference}
      curves={isVariance ? [...curves, ...ghostCurves({ ghosts }, figure)] : curves}
      dots={from === 'measured'}
      empty={
        from === 'training'
          ? 'Curves begin with the first iteration.'
          : 'Nothing has been measured yet.'
      }
    />
  );
};

/** The updates of the selected arm, each term in its colour. */
const Updates = () => {
  const { id, name } = useBench(selectedArm);
  const alone = useBench(({ arms }) => arms.length === 1);
  const rows = useRun((run) => run.trainingRows);
  const latest = useRun((run) => run.latest[id]);
  const terms = useBench((bench) => selectedArm(bench).config.terms);
  const marks = useMarks();
  const shown = TERM_IDS.filter((term) => term === 'ca' || term === 'dm' || terms[term].enabled);
  return (
    <Chart
      {...UPDATES_CHART}
      reading={alone ? UPDATES_CHART.reading : `Of ${name}. ${UPDATES_CHART.reading}`}
      rows={rows}
      marks={marks}
      curves={shown.map((term) => ({
        key: curveKey(id, UPDATE_FIGURES[term]),
        name: TERM_NAMES[term],
        color: TERM_COLORS[term],
        value: latest?.[UPDATE_FIGURES[term]] ?? null,
        testId: `${UPDATE_FIGURES[term]}-${id}`,
      }))}
      dots={false}
      empty="Curves begin with the first iteration."
    />
  );
};

const DownloadButtons = () => {
  const lab = useLab();
  const nothing = useRun(({ state, iteration }) => !isLive(state) || iteration === 0);
  return (
    <div className="download-buttons">
      {(['json', 'csv'] as const).map((format) => (
        <button
          key={format}
          type="button"
          className="button quiet"
          disabled={nothing}
          onClick={() => lab.download(format)}
        >
          <Download aria-hidden /> Record as {format.toUpperCase()}
        </button>
      ))}
    </div>
  );
};

/** The curves of the run, redrawn when the session publishes new figures. */
export const Charts = () => {
  const wanted = useBench(({ arms }) =>
    TERM_IDS.filter((id) => arms.some(({ config }) => config.terms[id].enabled)).join(' '),
  );
  const shown = ARMS_CHARTS.filter(({ needs }) => needs === undefined || wanted.includes(needs));
  const unjudged = useTask(({ task }) => task.classifier === null);
  const isThere = ({ judged }: ArmsChart): boolean => !(unjudged && judged === true);
  const [first, ...rest] = shown;
  return (
    <section className="charts" aria-labelledby="charts-heading">
      <div className="section-head">
        <h2 id="charts-heading">What happens inside</h2>
        <DownloadButtons />
      </div>
      <div className="charts-grid">
        {first !== undefined && <CompareArms entry={first} />}
        <Updates />
        {rest.filter(isThere).map((entry) => (
          <CompareArms key={entry.figure} entry={entry} />
        ))}
        {rest
          .filter((entry) => !isThere(entry))
          .map(({ figure, title }) => (
            <MissingChart key={figure} title={title} reason={NOT_JUDGED} />
          ))}
      </div>
    </section>
  );
};

import { useTask } from '../state/task';
import { NOT_JUDGED } from '../lib/missing';
import { TERM_IDS } from '../lib/terms';
import { useBench } from '../state/bench';
import { ARMS_CHARTS, SPECTRUM_CHART, UPDATES_CHART } from './catalogue';
import type { ArmsChart } from './catalogue';
import { ArmsCurves } from './ArmsCurves';
import { HiddenCharts } from './HiddenCharts';
import { MissingChart } from './MissingChart';
import { GhostButtons } from '../ghosts/GhostButtons';
import { GhostList } from '../ghosts/GhostList';
import { RecordButtons } from './RecordButtons';
import { useExtent } from './run';
import { SpanBar } from './SpanBar';
import { Spectrum } from './Spectrum';
import { Updates } from './Updates';

/** The curves of the run, redrawn when the session publishes new figures. */
export const Charts = () => {
  const terms = useBench(({ arms }) =>
    TERM_IDS.filter((id) => arms.some(({ config }) => config.terms[id].enabled)).join(' '),
  );
  const alone = useBench(({ arms }) => arms.length === 1);
  const unjudged = useTask(({ task }) => task.classifier === null);
  const extent = useExtent();
  const isWanted = ({ needs, compares }: ArmsChart): boolean =>
    (needs === undefined || terms.split(' ').includes(needs)) && !(compares === true && alone);
  const isThere = ({ judged }: ArmsChart): boolean => !(unjudged && judged === true);
  const wanted = ARMS_CHARTS.filter(isWanted);
  const [first, ...rest] = wanted.filter(isThere);
  const missing = wanted.filter((entry) => !isThere(entry));
  return (
    <section className="charts" aria-labelledby="charts-heading">
      <div className="section-head">
        <h2 id="charts-heading">What happens inside</h2>
        <GhostButtons />
        <RecordButtons />
      </div>
      <GhostList />
      <SpanBar extent={extent} />
      <div className="charts-grid">
        {first !== undefined && <ArmsCurves entry={first} />}
        <Updates />
        {rest.map((entry) => (
          <ArmsCurves key={entry.id} entry={entry} />
        ))}
        <Spectrum />
        {missing.map(({ id, title }) => (
          <MissingChart key={id} title={title} reason={NOT_JUDGED} />
        ))}
      </div>
      <HiddenCharts entries={[...wanted.filter(isThere), UPDATES_CHART, SPECTRUM_CHART]} />
    </section>
  );
};

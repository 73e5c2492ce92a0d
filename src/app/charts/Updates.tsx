import { curveKey, EMPTY_COLUMN } from '../lab/columns';
import { TERM_COLORS, TERM_IDS, TERM_NAMES } from '../lib/terms';
import { selectedArm, useBench } from '../state/bench';
import { useRun } from '../state/run';
import { UPDATE_FIGURES, UPDATES_CHART } from './catalogue';
import { Chart } from './Chart';
import { ownerOf } from './curve';
import { useExtent, useMarks } from './run';

/** The updates of the selected arm, each term in its colour. */
export const Updates = () => {
  const { id, name } = useBench(selectedArm);
  const alone = useBench(({ arms }) => arms.length === 1);
  const columns = useRun((run) => run.columns);
  const latest = useRun((run) => run.latest[id]);
  const terms = useBench((bench) => selectedArm(bench).config.terms);
  const shown = TERM_IDS.filter((term) => term === 'ca' || term === 'dm' || terms[term].enabled);
  return (
    <Chart
      entry={UPDATES_CHART}
      reading={alone ? UPDATES_CHART.reading : `Of ${name}. ${UPDATES_CHART.reading}`}
      curves={shown.map((term) => {
        const key = curveKey(id, UPDATE_FIGURES[term]);
        return {
          key,
          owner: ownerOf('term', term),
          name: TERM_NAMES[term],
          color: TERM_COLORS[term],
          column: columns.get(key) ?? EMPTY_COLUMN,
          value: latest?.[UPDATE_FIGURES[term]] ?? null,
          testId: `${UPDATE_FIGURES[term]}-${id}`,
        };
      })}
      marks={useMarks()}
      extent={useExtent()}
      empty="Curves begin with the first iteration."
    />
  );
};

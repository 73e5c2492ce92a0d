import { curveKey, EMPTY_COLUMN } from '../lab/columns';
import { armColor } from '../lib/colors';
import { useBench } from '../state/bench';
import { useRun } from '../state/run';
import { useSamples } from '../state/samples';
import type { ArmsChart } from './catalogue';
import { Chart } from './Chart';
import { ownerOf, type Curve, type Reference } from './curve';
import { useExtent, useGhostCurves, useMarks } from './run';

/** What the guided teacher's pictures have of a figure, where that says something. */
const useReference = (figure: ArmsChart['figure']): Reference | undefined => {
  const variance = useSamples(({ grids }) => grids.get('teacherGuided')?.variance);
  const guided = useRun(({ standards }) => standards?.guided);
  const values: Partial<Record<ArmsChart['figure'], number | undefined>> = {
    imageVariance: variance,
    imageMean: guided?.mean,
    saturation: guided?.saturation,
  };
  const value = values[figure];
  return value === undefined
    ? undefined
    : { name: 'guided teacher', value, testId: `teacher-${figure}` };
};

/** One figure of all arms, each in its colour. */
export const ArmsCurves = ({ entry }: { entry: ArmsChart }) => {
  const { figure, from } = entry;
  const arms = useBench((bench) => bench.arms);
  const columns = useRun((run) => run.columns);
  const latest = useRun((run) => run.latest);
  const ghosts = useGhostCurves(figure);
  const curves = arms.map(({ id, name, color }): Curve => ({
    key: curveKey(id, figure),
    owner: ownerOf('arm', id),
    name: arms.length === 1 ? 'student' : name,
    color: armColor(color),
    column: columns.get(curveKey(id, figure)) ?? EMPTY_COLUMN,
    value: latest[id]?.[figure] ?? null,
    testId: entry.compares === true ? `${figure}-of-${id}` : `${figure}-${id}`,
  }));
  return (
    <Chart
      entry={entry}
      curves={[...curves, ...ghosts]}
      marks={useMarks()}
      reference={useReference(figure)}
      extent={useExtent()}
      dots={from === 'measured'}
      empty={
        from === 'training'
          ? 'Curves begin with the first iteration.'
          : 'Nothing has been measured yet.'
      }
    />
  );
};

import { referenceGrids, stepsOfGrid, type GridSource } from '../../lab/grid';
import { REFERENCE_GUIDANCE, REFERENCE_STEPS } from '../../lab/reference';
import { NO_REAL_PICTURES } from '../lib/missing';
import { useBench } from '../state/bench';
import { useSamples } from '../state/samples';
import { useTask } from '../state/task';
import { Grid } from './Grid';
import { editPrompt } from './panel';

interface Words {
  readonly title: string;
  readonly detail: string;
  readonly note: string;
}

const wordsOf = (source: GridSource, missing: number): Words => {
  const steps = stepsOfGrid(source);
  if (steps !== null) {
    return {
      title: 'Teacher',
      detail: `${steps} steps`,
      note: 'as many as the student takes; no guidance',
    };
  }
  switch (source) {
    case 'teacherOneStep':
      return { title: 'Teacher', detail: 'one step', note: 'where a one-step student begins' };
    case 'teacherGuided':
      return {
        title: 'Teacher, guided',
        detail: `${REFERENCE_STEPS} steps`,
        note: `what it is to look like; guidance ${REFERENCE_GUIDANCE}`,
      };
    default:
      return {
        title: 'Real pictures',
        detail: 'the data',
        note: missing === 0 ? 'for the same prompts' : `there are none of ${missing} of these`,
      };
  }
};

const ReferenceGrid = ({ source }: { source: GridSource }) => {
  const missing = useSamples(({ grids }) => grids.get(source)?.missing?.length ?? 0);
  return <Grid source={source} {...wordsOf(source, missing)} onPress={editPrompt} />;
};

/** What the arms are compared with: the teacher in few and many steps, and real pictures. */
export const References = () => {
  const steps = useBench(({ arms }) => arms.map(({ config }) => config.student.steps).join(' '));
  const real = useTask(({ task }) => task.openImages !== null);
  return referenceGrids(steps.split(' ').map(Number), real).map((source) => (
    <ReferenceGrid key={source} source={source} />
  ));
};

/** Why there are no real pictures, where there are none. */
export const NoRealPictures = () => {
  const real = useTask(({ task }) => task.openImages !== null);
  return real ? null : <p className="hint">Real pictures: {NO_REAL_PICTURES.toLowerCase()}</p>;
};

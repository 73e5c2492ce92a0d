import type { ArmConfig } from '../../lab/config';
import { useRun } from '../state/run';
import { useBench } from '../state/bench';
import type { BenchSlice } from '../state/bench';
import type { Progress, RunSlice } from '../state/run';
import type { Stage } from '../../worker/protocol/reports';
import { termsInWords } from '../lib/terms';
import { StatusLine } from './StatusLine';

const stages: Record<Stage, string> = {
  device: 'Opening the graphics card',
  teacher: 'Loading the teacher',
  imitating: 'Students imitate the teacher',
  judge: 'Loading the classifier that judges pictures',
  runtime: 'Fetching ONNX Runtime',
  measuring: 'Measuring which kernels are fastest here',
  compiling: 'Compiling the kernels',
  restoring: 'Fetching the run that was kept',
  sampling: 'Drawing the teacher’s pictures',
  references: 'Measuring real pictures and the teacher to compare with',
};

/** Stages whose pieces are bytes. */
const FETCHED: readonly Stage[] = ['teacher', 'judge', 'runtime'];

const states: Record<Exclude<RunSlice['state'], 'running'>, string> = {
  idle: 'Ready. Press Start; then change anything.',
  preparing: 'Preparing…',
  paused: 'Paused.',
  failed: 'Stopped.',
};

const KEPT = 'Paused, and kept: it outlives a reload.';

const stageInWords = ({ stage }: Progress, error: number | null): string =>
  stage === 'imitating' && error !== null
    ? `${stages[stage]} (${Math.round(100 * error)} % off)`
    : stages[stage];

/** What trains, and what to try next. */
const trainingInWords = ({ arms }: Pick<BenchSlice, 'arms'>): string => {
  const [first] = arms;
  if (arms.length > 1 || first === undefined) {
    return `${arms.length} arms at work, from the same noise and for the same prompts.`;
  }
  return armAtWork(first.config);
};

const armAtWork = (config: ArmConfig): string => {
  switch (termsInWords(config)) {
    case 'CA + DM':
      return 'Spear and shield at work. Now duplicate this arm and switch its shield off.';
    case 'CA only':
      return 'The spear alone at work. Watch the variance.';
    case 'DM only':
      return 'The shield alone at work.';
    case 'no term':
      return 'No term at work.';
    default:
      return `${termsInWords(config)} at work.`;
  }
};

/** Where the run stands. */
export const RunStatus = () => {
  const state = useRun((run) => run.state);
  const progress = useRun((run) => run.progress);
  const training = useBench(trainingInWords);
  const kept = useRun((run) => run.state === 'paused' && run.keptAt === run.iteration);
  const error = useRun((run) => run.imitationError);
  const words = state === 'running' ? training : kept ? KEPT : states[state];
  return (
    <StatusLine
      words={words}
      progress={
        progress === null
          ? null
          : {
              ...progress,
              stage: stageInWords(progress, error),
              bytes: FETCHED.includes(progress.stage),
            }
      }
    />
  );
};

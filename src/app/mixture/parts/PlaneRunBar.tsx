import type { MixtureStage, MixtureState } from '../../../worker/mixture/protocol';
import { figure, megabytes, rate } from '../../lib/format';
import { TERM_IDS, trainsCritic } from '../../lib/terms';
import { Shortcuts } from '../../runBar/Shortcuts';
import { RunButtons } from '../../runBar/RunButtons';
import { SoloButtons } from '../../runBar/SoloButtons';
import { StatusLine } from '../../runBar/StatusLine';
import { usePlane } from '../context';
import { settingsInWords } from '../lib/marks';
import { usePlaneRun } from '../state/run';
import { useSetup, type SetupSlice } from '../state/setup';

const stages: Readonly<Record<MixtureStage, string>> = {
  device: 'Opening the graphics card',
  measuring: 'Measuring which kernels are fastest here',
  compiling: 'Compiling the kernels',
  fitting: 'Fitting the networks to the teacher, where student and critic begin',
};

const states: Readonly<Record<Exclude<MixtureState, 'running'>, string>> = {
  idle: 'Ready. Press Start, or one of the moments below; then change anything.',
  preparing: 'Preparing…',
  paused: 'Paused.',
  failed: 'Stopped.',
};

const trainingInWords = ({ config }: Pick<SetupSlice, 'config'>): string =>
  TERM_IDS.some((id) => config.terms[id].enabled)
    ? `${settingsInWords(config)} at work.`
    : 'No term at work: nothing moves the student.';

const Facts = () => {
  const figures = usePlaneRun((run) => run.figures);
  const perSecond = usePlaneRun((run) =>
    run.state === 'running' ? run.iterationsPerSecond : null,
  );
  const memory = usePlaneRun((run) => run.memoryBytes);
  return (
    <dl className="run-facts">
      <div>
        <dt>Iteration</dt>
        <dd data-testid="iteration-value">{figures?.iteration ?? 0}</dd>
      </div>
      <div>
        <dt>Per second</dt>
        <dd data-testid="rate-value">{rate(perSecond)}</dd>
      </div>
      <div>
        <dt>Spread</dt>
        <dd data-testid="spread-value">{figure(figures?.spread)}</dd>
      </div>
      <div>
        <dt>
          <span className="wide-only">GPU </span>
          memory
        </dt>
        <dd data-testid="memory-value">{megabytes(memory)}</dd>
      </div>
    </dl>
  );
};

/** What keys do in this view, as the run stands. */
const Keys = () => {
  const state = usePlaneRun((run) => run.state);
  const plane = usePlane();
  const held = (action: () => void) => (): void => {
    if (state === 'paused') action();
  };
  return (
    <Shortcuts
      handlers={{
        toggle: () => {
          if (state === 'running') plane.pause();
          else plane.go();
        },
        step: held(() => plane.step()),
        student: held(() => plane.step('student')),
        critic: held(() => {
          if (trainsCritic(useSetup.getState().config)) plane.step('critic');
        }),
        anew: () => {
          if (state !== 'idle' && state !== 'preparing') plane.reset();
        },
      }}
    />
  );
};

/** Start, pause, step, begin anew, and where the run stands. */
export const PlaneRunBar = () => {
  const state = usePlaneRun((run) => run.state);
  const progress = usePlaneRun((run) => run.progress);
  const training = useSetup(trainingInWords);
  const criticTrains = useSetup(({ config }) => trainsCritic(config));
  const plane = usePlane();
  return (
    <section className="run-bar" aria-label="Run">
      <div className="run-bar-row">
        <RunButtons
          state={state}
          actions={plane}
          more={
            <SoloButtons
              held={state === 'paused'}
              criticTrains={criticTrains}
              onStep={(solo) => plane.step(solo)}
            />
          }
          reset={{
            label: 'Begin anew',
            title: 'Begin the same run from its start',
            disabled: state === 'idle' || state === 'preparing',
          }}
        />
        <Facts />
      </div>
      <StatusLine
        words={state === 'running' ? training : states[state]}
        progress={progress === null ? null : { ...progress, stage: stages[progress.stage] }}
      />
      <Keys />
    </section>
  );
};

import type { ArmId } from '../../lab/config';
import { isReferenceGrid } from '../../lab/grid';
import type { RunRecord } from '../../lab/record';
import type { Report } from '../../worker/protocol/reports';
import { meanVariance } from '../lib/pictures';
import { throttle } from '../lib/throttle';
import { benchOf, removeArm, useBench } from '../state/bench';
import type { Arm } from '../state/bench';
import { useExperiment } from '../state/experiment';
import { useKept } from '../state/kept';
import { useMicroscope } from '../state/microscope';
import { dismiss, notify } from '../state/notices';
import { EMPTY_RUN, useRun } from '../state/run';
import type { Failure } from '../state/run';
import { markStale, showPictures, useSamples } from '../state/samples';
import { currentTask } from '../state/task';
import { forgetFrames, keepFrames, lookAt, noteFrame } from '../state/timeline';
import { receiveExamined, refuseNetwork } from '../own/onnx/store';
import { forgetFile, useTakeHome } from '../takeHome/store';
import { changesOf, ghostsOf } from '../ghosts/ghostsOf';
import { keepGhosts } from '../ghosts/kept';
import { tellFull } from '../ghosts/recordFile';
import { addGhosts, hasRoom, type GhostRun } from '../ghosts/store';
import { useVotes } from '../vote/store';
import { noteChanges } from './changes';
import { RunCurves } from './curves';
import { originOf } from './experiments';
import { downloadRecord, saveFile, type RecordFormat } from './download';

type Of<Type extends Report['type']> = Extract<Report, { type: Type }>;

/** Shortest time between two changes of the figures on the page, in milliseconds. */
const FIGURES_INTERVAL = 120;
/** Shortest time between two publications of the curves, in milliseconds. */
const CURVES_INTERVAL = 100;

export interface ReaderEvents {
  /** The lab is prepared; the Worker has these arms. */
  readonly onReady: (arms: Of<'ready'>['arms']) => void;
  /** The Worker refused to add this arm. */
  readonly onRefusedArm: (id: ArmId) => void;
  /** The run failed, and the Worker is in an unknown state. */
  readonly onFailure: () => void;
}

/** Turns the Worker's reports into what the page shows. */
export class RunReader {
  readonly #events: ReaderEvents;
  #curves = new RunCurves();
  #rates = { iterationsPerSecond: 0, memoryBytes: 0 };
  #format: RecordFormat = 'json';
  /** The iteration at which this run was last kept as a ghost. */
  #ghostAt: number | null = null;

  constructor(events: ReaderEvents) {
    this.#events = events;
  }

  /** Clears the run for another one, or for none; the present one's curves become ghosts. */
  beginAnew(state: 'preparing' | 'idle'): void {
    const past = this.#ghosts('previous run');
    const isKept = this.#ghostAt === this.#curves.iteration;
    if (past.ghosts.length > 0 && !isKept) addGhosts(past);
    this.#curves = new RunCurves();
    this.#ghostAt = null;
    markStale();
    // After a reset the past can still be looked at, until another run begins.
    if (state === 'preparing') forgetFrames();
    else lookAt(null);
    dismiss('quota');
    forgetFile();
    useExperiment.setState({ verdicts: {} });
    useMicroscope.setState({ slide: null, view: null });
    useVotes.setState({ votes: [], ballot: null });
    useRun.setState({
      ...EMPTY_RUN,
      state,
      progress: state === 'preparing' ? { stage: 'device', done: 0, total: 1 } : null,
    });
    this.#publishCurves();
  }

  /** Keeps the run as it stands now, in the charts and in this browser, where there is room. */
  keepGhosts(): void {
    const past = this.#ghosts(`run up to iteration ${this.#curves.iteration}`);
    if (!hasRoom(past.ghosts.length)) {
      tellFull();
      return;
    }
    void keepGhosts(past);
    this.#ghostAt = this.#curves.iteration;
  }

  /** Curves and pictures stay; the Worker, whose state is unknown now, does not. */
  fail(failure: Failure): void {
    this.#events.onFailure();
    useRun.setState({ state: 'failed', progress: null, failure });
  }

  /** The next record goes into a file of this kind. */
  expectRecord(format: RecordFormat): void {
    this.#format = format;
  }

  /** Notes from which iteration on these arms are moved by which terms. */
  noteChanges(arms: readonly Arm[]): void {
    useRun.setState(({ changes, iteration }) => ({
      changes: noteChanges(changes, arms, iteration),
    }));
  }

  read(report: Report): void {
    switch (report.type) {
      case 'state':
        // What failed is told by the error; it brings the state with it.
        if (report.state !== 'failed') this.#enter(report.state);
        break;
      case 'progress':
        this.#readProgress(report);
        break;
      case 'ready':
        this.#readReady(report);
        break;
      case 'arms':
        this.#curves.keep(report.arms.map(({ id }) => id));
        keepFrames(report.arms.map(({ id }) => id));
        useRun.setState({ arms: report.arms });
        this.#publishCurves();
        break;
      case 'metrics':
        this.#readMetrics(report);
        break;
      case 'standards':
        useRun.setState({ standards: report.standards });
        break;
      case 'verdicts':
        useExperiment.setState({ verdicts: report.verdicts });
        break;
      case 'samples':
        this.#readSamples(report);
        break;
      case 'inspection':
        this.#readInspection(report);
        break;
      case 'checkpoints':
        useKept.setState({ kept: report.kept });
        break;
      case 'saved':
        useRun.setState({ keptAt: report.iteration });
        dismiss('quota');
        break;
      case 'votes':
        useVotes.setState({ votes: report.votes });
        break;
      case 'record':
        downloadRecord(report.record, this.#format);
        break;
      case 'exported':
        if (report.order.id === useTakeHome.getState().order) {
          useTakeHome.setState({ writing: false, file: report });
        }
        break;
      case 'examined':
        receiveExamined(report);
        break;
      case 'imitation':
        useRun.setState({ imitationError: report.error });
        break;
      case 'tried':
        if (report.id === useTakeHome.getState().order) {
          useTakeHome.setState({ trying: false, trial: report });
        }
        break;
      case 'weights':
        saveFile(report.name, 'application/octet-stream', report.bytes);
        useTakeHome.setState({ program: report.program });
        break;
      case 'notice':
        this.#readNotice(report);
        break;
      case 'error': {
        const { code, message, advice } = report;
        refuseNetwork(`${message} ${advice}`);
        this.fail({ code, message, advice });
        break;
      }
    }
  }

  #enter(state: Exclude<Of<'state'>['state'], 'failed'>): void {
    useRun.setState(({ progress }) => ({
      state,
      progress: state === 'preparing' ? progress : null,
    }));
  }

  #readProgress({ stage, done, total }: Of<'progress'>): void {
    // The last piece of preparation stays in sight until the run begins.
    useRun.setState(({ state }) => ({
      progress: done < total || state === 'preparing' ? { stage, done, total } : null,
    }));
  }

  #readReady(report: Of<'ready'>): void {
    const { adapter, lab, arms, experiment, memoryBytes, targets, restored } = report;
    const { seed, batch, prompts } = lab;
    if (restored !== null) {
      const bench = benchOf(lab);
      const origin = (arm: Arm): Arm => ({ ...arm, origin: originOf(arm.id, experiment) });
      useBench.setState({ ...bench, arms: bench.arms.map(origin) });
      useExperiment.setState({ chosen: experiment, verdicts: {} });
      useVotes.setState({ votes: restored.votes });
      this.#replay(restored);
    }
    this.#rates = { ...this.#rates, memoryBytes };
    useRun.setState(({ changes }) => ({
      ...{ adapter, arms, targets, memoryBytes, began: { seed, batch, prompts } },
      iteration: this.#curves.iteration,
      changes: noteChanges(changes, lab.arms, this.#curves.iteration),
    }));
    this.#events.onReady(arms);
  }

  /** The curves of a run that goes on. */
  #replay(record: RunRecord): void {
    for (const { id, figures, evaluations } of record.arms) {
      this.#curves.push(id, figures, evaluations);
    }
    useRun.setState({ changes: changesOf(record) });
    this.#publishFigures();
    this.#publishCurves();
  }

  #readMetrics({ arms, iterationsPerSecond, memoryBytes }: Of<'metrics'>): void {
    for (const [id, { points, evaluations }] of Object.entries(arms)) {
      this.#curves.push(id, points, evaluations);
    }
    this.#rates = { iterationsPerSecond, memoryBytes };
    const taus = Object.entries(arms).map(([id, { taus: counts }]) => [id, counts] as const);
    useRun.setState((run) => ({ taus: { ...run.taus, ...Object.fromEntries(taus) } }));
    this.#publishFigures();
    this.#publishCurves();
  }

  #readSamples({ source, images, shape, iteration, orderId, missing }: Of<'samples'>): void {
    // Pictures of noise or prompts that are no longer wanted may still be on their way.
    if (orderId !== useSamples.getState().orderId) return;
    const variance = meanVariance(images, shape);
    const pictures = { images, shape, iteration, variance, missing };
    showPictures(source, pictures);
    if (!isReferenceGrid(source)) noteFrame(source, pictures);
  }

  #readInspection({ order, inspection, iteration }: Of<'inspection'>): void {
    const { slide } = useMicroscope.getState();
    if (slide?.arm !== order.arm || slide.sample !== order.sample) return;
    useMicroscope.setState({ view: { inspection, iteration } });
  }

  #readNotice({ code, command, arm, message, advice }: Of<'notice'>): void {
    if (command === 'export' || command === 'try') {
      useTakeHome.setState({ writing: false, trying: false, refusal: { message, advice } });
      // What it fetched may have been cut off.
      useRun.setState(({ progress }) => (progress?.stage === 'runtime' ? { progress: null } : {}));
      return;
    }
    if (command === 'examine') {
      refuseNetwork(`${message} ${advice}`);
      return;
    }
    if (command === 'addArm' && arm !== null) {
      this.#events.onRefusedArm(arm);
      removeArm(arm);
    }
    notify({ id: code, text: `${message} ${advice}` });
  }

  readonly #publishFigures = throttle(() => {
    const { iteration } = this.#curves;
    useRun.setState({ iteration, latest: this.#curves.latest(), ...this.#rates });
  }, FIGURES_INTERVAL);

  readonly #publishCurves = throttle(() => {
    useRun.setState({
      columns: new Map(this.#curves.columns()),
      spectra: this.#curves.spectra(),
    });
  }, CURVES_INTERVAL);

  /** This run's arms as ghosts, as they stand; without any when nothing was trained. */
  #ghosts(name: string): GhostRun {
    const { arms } = useBench.getState();
    const { changes } = useRun.getState();
    return ghostsOf(this.#curves, { arms, changes }, { name, task: currentTask().id });
  }
}

import type { Solo } from '../../distill/solo';
import { MixtureClient } from '../../worker/mixture/client';
import type { MixtureFrame, MixtureReport } from '../../worker/mixture/protocol';
import type { ArmConfig } from '../../lab/config';
import { throttle } from '../lib/throttle';
import { dismiss, notify } from '../state/notices';
import { Frames } from './frames';
import { PlaneCurves } from './lib/curves';
import { markChange } from './lib/marks';
import { orderOf, useLook } from './state/look';
import { EMPTY_RUN, isLive, usePlaneRun } from './state/run';
import { chosenMixture, useSetup } from './state/setup';

/** Shortest time between two changes of settings sent to the Worker, in milliseconds. */
const CONFIGURE_INTERVAL = 100;
/** Shortest time between two looks asked of the Worker, in milliseconds. */
const LOOK_INTERVAL = 60;
/** Shortest time between two changes of the figures on the page, in milliseconds. */
const FIGURES_INTERVAL = 150;
/** Shortest time between two publications of the curves, in milliseconds. */
const CURVES_INTERVAL = 100;

/**
 * Conducts the run in the plane: turns a visitor's wishes into commands and the Worker's reports into
 * state. Holds no React. The Worker is started with the first run and ended by `leave()`.
 */
export class PlaneSession {
  /** What the Worker sent to be painted. */
  readonly frames = new Frames();
  readonly #makeWorker: () => Worker;
  #client: MixtureClient | null = null;
  #curves = new PlaneCurves();
  /** The configuration and the look that the Worker has, as far as it was told. */
  #told: { config: ArmConfig; look: string } | null = null;
  /** After `start`, frames of the run before it may still be on their way until it prepares. */
  #awaiting = false;

  constructor(makeWorker: () => Worker) {
    this.#makeWorker = makeWorker;
    useSetup.subscribe(throttle(() => this.#configure(), CONFIGURE_INTERVAL));
    useLook.subscribe(throttle(() => this.#look(), LOOK_INTERVAL));
  }

  /** Begins a run with the present distribution and settings, and trains unless `run` is false. */
  start(run = true): void {
    const setup = useSetup.getState();
    const { config, batch, seed } = setup;
    const look = orderOf(useLook.getState());
    this.#beginAnew('preparing');
    usePlaneRun.setState({ began: { batch, seed } });
    this.#awaiting = true;
    this.#told = { config, look: JSON.stringify(look) };
    this.#connect().send({
      ...{ type: 'start', mixture: chosenMixture(setup) },
      ...{ config, batch, seed, look, run },
    });
  }

  pause(): void {
    this.#client?.send({ type: 'pause' });
  }

  resume(): void {
    this.#client?.send({ type: 'run' });
  }

  /** One iteration, or one update of that network alone, then held. */
  step(solo?: Solo): void {
    this.#client?.send({ type: 'step', ...(solo && { solo }) });
  }

  /** Begins the same run from its start, as it was: training or held. */
  reset(): void {
    this.start(usePlaneRun.getState().state !== 'paused');
  }

  /** Brings a run up to date with a distribution that was chosen meanwhile. */
  changeMixture(): void {
    const { state } = usePlaneRun.getState();
    if (state === 'preparing' || isLive(state)) this.start(state !== 'paused');
    else this.#beginAnew('idle');
  }

  /** Sees to it that the student trains: goes on with a run, or begins one. */
  go(): void {
    const { state } = usePlaneRun.getState();
    if (state === 'paused') this.resume();
    else if (state === 'idle' || state === 'failed') this.start();
  }

  /** Ends run and Worker. Distribution and settings stay. */
  leave(): void {
    this.#dropClient();
    this.#beginAnew('idle');
  }

  #beginAnew(state: 'preparing' | 'idle'): void {
    this.#curves = new PlaneCurves();
    this.frames.clear();
    dismiss('plane');
    usePlaneRun.setState({
      ...EMPTY_RUN,
      state,
      progress: state === 'preparing' ? { stage: 'device', done: 0, total: 1 } : null,
      columns: new Map(),
    });
  }

  #configure(): void {
    const { config } = useSetup.getState();
    const { state, figures } = usePlaneRun.getState();
    if (this.#told === null || this.#told.config === config) return;
    if (state !== 'preparing' && !isLive(state)) return;
    const before = this.#told.config;
    this.#told = { ...this.#told, config };
    this.#client?.send({ type: 'configure', config });
    const iteration = figures?.iteration ?? 0;
    if (iteration === 0) return;
    usePlaneRun.setState(({ marks }) => ({ marks: markChange(marks, before, config, iteration) }));
  }

  #look(): void {
    const look = orderOf(useLook.getState());
    const words = JSON.stringify(look);
    if (this.#told === null || this.#told.look === words) return;
    this.#told = { ...this.#told, look: words };
    this.#client?.send({ type: 'look', look });
  }

  #connect(): MixtureClient {
    if (this.#client !== null) return this.#client;
    const client = new MixtureClient(this.#makeWorker());
    client.subscribe((report) => this.#receive(report));
    this.#client = client;
    return client;
  }

  #receive(report: MixtureReport): void {
    switch (report.type) {
      case 'state':
        // What failed is told by the error; it brings the state with it.
        if (report.state === 'preparing') this.#awaiting = false;
        if (report.state !== 'failed' && !this.#awaiting) {
          usePlaneRun.setState({
            state: report.state,
            ...(report.state === 'preparing' ? {} : { progress: null }),
          });
        }
        break;
      case 'progress': {
        const { stage, done, total } = report;
        if (!this.#awaiting) usePlaneRun.setState({ progress: { stage, done, total } });
        break;
      }
      case 'ready':
        usePlaneRun.setState({ adapter: report.adapter, memoryBytes: report.memoryBytes });
        break;
      case 'frame':
        if (!this.#awaiting) this.#readFrame(report.frame);
        break;
      case 'notice':
        notify({ id: 'plane', text: `${report.message} ${report.advice}` });
        break;
      case 'error': {
        const { code, message, advice } = report;
        this.#dropClient();
        usePlaneRun.setState({
          state: 'failed',
          progress: null,
          failure: { code, message, advice },
        });
        break;
      }
    }
  }

  #readFrame(frame: MixtureFrame): void {
    this.frames.push(frame);
    this.#curves.push(frame.figures);
    this.#publishFigures();
    this.#publishCurves();
  }

  readonly #publishFigures = throttle(() => {
    const frame = this.frames.latest;
    if (frame === null) return;
    const { figures, iterationsPerSecond } = frame;
    usePlaneRun.setState({ figures, iterationsPerSecond });
  }, FIGURES_INTERVAL);

  readonly #publishCurves = throttle(() => {
    usePlaneRun.setState({ columns: this.#curves.columns() });
  }, CURVES_INTERVAL);

  #dropClient(): void {
    this.#client?.destroy();
    this.#client = null;
    this.#told = null;
    this.#awaiting = false;
  }
}

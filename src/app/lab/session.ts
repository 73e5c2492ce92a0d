import { LabClient } from '../../worker/client';
import type { Report } from '../../worker/protocol';
import { meanVariance } from '../lib/pictures';
import { throttle } from '../lib/throttle';
import { notify } from '../state/notices';
import { isLive, useRun } from '../state/run';
import type { Change, Failure, RunSlice } from '../state/run';
import { GRID_KINDS, markStale, showPictures, useSamples } from '../state/samples';
import { liveConfig, termsInWords, useSettings } from '../state/settings';
import { drawPrompts, randomSeed } from './prompts';
import { chartRows } from './rows';
import { Series } from './series';
import { chosenTeacher } from './teachers';

/** Shortest time between two changes of the figures on the page, in milliseconds. */
const FIGURES_INTERVAL = 120;
/** Shortest time between two redraws of the curves, which cost far more, in milliseconds. */
const CURVES_INTERVAL = 250;
/** Shortest time between two changes of settings sent to the Worker, in milliseconds. */
const SET_INTERVAL = 100;

/**
 * Conducts one run: turns a visitor's wishes into commands and the Worker's reports into state.
 * Holds no React; components read the stores.
 */
export class LabSession {
  readonly #makeWorker: () => Worker;
  #client: LabClient | null = null;
  /** Counts starts and resets, so that an answer that comes too late is recognised. */
  #attempt = 0;
  /** After `stop`, reports of the old run may still be on their way until it says `idle`. */
  #stopping = false;
  #sent = '';
  #series = new Series();
  #rates: Pick<RunSlice, 'iterationsPerSecond' | 'memoryBytes'> = {
    iterationsPerSecond: null,
    memoryBytes: null,
  };

  constructor(makeWorker: () => Worker) {
    this.#makeWorker = makeWorker;
    useSettings.subscribe(throttle(() => this.#sendSettings(), SET_INTERVAL));
  }

  /** Begins a run with the present settings; what an earlier run left is kept as a ghost. */
  async start(): Promise<void> {
    const attempt = this.#beginAnew('preparing');
    try {
      const teacher = await chosenTeacher();
      if (attempt !== this.#attempt) return;
      const { prompts, seed, orderId } = useSamples.getState();
      const { config } = useSettings.getState();
      this.#sent = '';
      this.#connect().send({
        type: 'start',
        teacher,
        config,
        grid: { prompts, seed, id: orderId },
      });
    } catch (cause) {
      if (attempt !== this.#attempt) return;
      this.#fail({
        code: 'teacher-unreadable',
        message: cause instanceof Error ? cause.message : String(cause),
        advice: 'Check the connection, then try again.',
      });
    }
  }

  /** Holds the run; nothing is lost. */
  pause(): void {
    this.#client?.send({ type: 'pause' });
  }

  /** Goes on with a held run. */
  resume(): void {
    this.#client?.send({ type: 'resume' });
  }

  /** One iteration, then held. */
  step(): void {
    this.#client?.send({ type: 'step' });
  }

  /** Ends the run and frees its memory. Settings stay; its curve stays as a ghost. */
  reset(): void {
    const preparing = useRun.getState().state === 'preparing';
    this.#beginAnew('idle');
    if (preparing) {
      // Preparing may take long and hears nothing meanwhile: a new Worker is there sooner.
      this.#dropClient();
    } else if (this.#client !== null) {
      this.#stopping = true;
      this.#client.send({ type: 'stop' });
    }
  }

  /** Draws all grids from other noise. */
  newNoise(): void {
    useSamples.setState(({ orderId }) => ({ seed: randomSeed(), orderId: orderId + 1 }));
    this.#redrawGrids();
  }

  /** Draws all grids for other prompts. */
  newPrompts(): void {
    useSamples.setState(({ prompts, orderId }) => ({
      prompts: drawPrompts(prompts.length, randomSeed()),
      orderId: orderId + 1,
    }));
    this.#redrawGrids();
  }

  #redrawGrids(): void {
    const { prompts, seed, orderId, grids } = useSamples.getState();
    if (isLive(useRun.getState().state)) {
      markStale(GRID_KINDS);
      this.#client?.send({ type: 'sample', grid: { prompts, seed, id: orderId } });
    } else if (Object.keys(grids).length > 0) {
      // The pictures on show no longer belong to the prompts; no run is there to draw others.
      useSamples.setState({ grids: {}, stale: new Set() });
    }
  }

  #beginAnew(state: 'preparing' | 'idle'): number {
    this.#attempt += 1;
    this.#rates = { iterationsPerSecond: null, memoryBytes: null };
    markStale(GRID_KINDS);
    const old = this.#series;
    this.#series = new Series();
    useRun.setState(({ changes, ghost }) => ({
      state,
      progress: state === 'preparing' ? { stage: 'device', done: 0, total: 1 } : null,
      failure: null,
      began: null,
      iteration: 0,
      latest: null,
      ...this.#rates,
      changes: [],
      ghost: old.latest === null ? ghost : { series: old, changes },
    }));
    this.#publishCurves();
    return this.#attempt;
  }

  #connect(): LabClient {
    if (this.#client !== null) return this.#client;
    const client = new LabClient(this.#makeWorker());
    client.subscribe((report) => this.#receive(report));
    this.#client = client;
    return client;
  }

  #receive(report: Report): void {
    if (this.#stopping) {
      if (report.type === 'state' && report.state === 'idle') this.#stopping = false;
      if (report.type !== 'error') return;
    }
    switch (report.type) {
      case 'state':
        if (report.state !== 'failed') this.#enter(report.state);
        break;
      case 'ready': {
        const { adapter, config, memoryBytes } = report;
        this.#rates = { ...this.#rates, memoryBytes };
        useRun.setState({ adapter, began: config, memoryBytes, changes: firstChange(config) });
        this.#sent = JSON.stringify(liveConfig(config, config));
        this.#sendSettings();
        break;
      }
      case 'progress': {
        const { stage, done, total } = report;
        // The last piece of preparation stays in sight until the run begins.
        useRun.setState(({ state }) => ({
          progress: done < total || state === 'preparing' ? { stage, done, total } : null,
        }));
        break;
      }
      case 'metrics':
        this.#series.push(report.points);
        this.#rates = {
          iterationsPerSecond: report.iterationsPerSecond,
          memoryBytes: report.memoryBytes,
        };
        this.#publishFigures();
        this.#publishCurves();
        break;
      case 'samples': {
        const { images, shape, iteration, orderId } = report;
        // Pictures of noise or prompts that are no longer wanted may still be on their way.
        if (orderId !== useSamples.getState().orderId) break;
        const variance = meanVariance(images, shape);
        showPictures(report.grid, { images, shape, iteration, variance });
        break;
      }
      case 'error':
        this.#receiveError(report);
        break;
    }
  }

  #enter(state: 'idle' | 'preparing' | 'running' | 'paused'): void {
    useRun.setState(({ progress }) => ({
      state,
      progress: state === 'preparing' ? progress : null,
    }));
    this.#sendSettings();
  }

  readonly #publishFigures = throttle(() => {
    const { latest, lastIteration } = this.#series;
    useRun.setState({ iteration: lastIteration, latest, ...this.#rates });
  }, FIGURES_INTERVAL);

  readonly #publishCurves = throttle(() => {
    useRun.setState(({ ghost }) => ({ rows: chartRows(this.#series, ghost) }));
  }, CURVES_INTERVAL);

  #receiveError({ code, message, advice }: Failure): void {
    // A refused change of settings leaves the run as it was.
    if (code === 'bad-config' && isLive(useRun.getState().state)) {
      notify({ id: 'settings', text: `${message} ${advice}` });
      return;
    }
    this.#fail({ code, message, advice });
  }

  /** Curves and pictures stay; the Worker, whose state is unknown now, does not. */
  #fail(failure: Failure): void {
    this.#dropClient();
    useRun.setState({ state: 'failed', progress: null, failure });
  }

  #dropClient(): void {
    this.#client?.destroy();
    this.#client = null;
    this.#stopping = false;
  }

  #sendSettings(): void {
    const { state, began, iteration, changes } = useRun.getState();
    if (began === null || !isLive(state)) return;
    const { config } = useSettings.getState();
    const live = liveConfig(config, began);
    const text = JSON.stringify(live);
    if (text === this.#sent) return;
    this.#sent = text;
    this.#client?.send({ type: 'set', config: live });
    const change = { iteration: iteration + 1, terms: termsInWords(config) };
    useRun.setState({ changes: withChange(changes, change) });
  }
}

const firstChange = (config: Parameters<typeof termsInWords>[0]): Change[] => [
  { iteration: 1, terms: termsInWords(config) },
];

/** Adds a change of terms, unless nothing changed or nothing was trained with the one before. */
const withChange = (changes: readonly Change[], change: Change): readonly Change[] => {
  if (changes.at(-1)?.terms === change.terms) return changes;
  const earlier = changes.filter(({ iteration }) => iteration < change.iteration);
  return earlier.at(-1)?.terms === change.terms ? earlier : [...earlier, change];
};

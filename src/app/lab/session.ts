import type { Solo } from '../../distill/solo';
import type { Vote } from '../../lab/record';
import { LabClient } from '../../worker/client';
import type { ExamineOrder } from '../../worker/protocol/foreign';
import type { StudentChoice } from '../../worker/protocol/takeHome';
import type { Command, GridOrder, InspectionOrder, Networks } from '../../worker/protocol/commands';
import type { Report } from '../../worker/protocol/reports';
import { throttle } from '../lib/throttle';
import { armOf, labConfigOf, selectedArm, useBench } from '../state/bench';
import { useExperiment } from '../state/experiment';
import { useMicroscope } from '../state/microscope';
import { isLive, useRun } from '../state/run';
import { changeOrder, clearGrids, markStale, useSamples } from '../state/samples';
import { currentTask } from '../state/task';
import { refuseNetwork } from '../own/onnx/store';
import { forgetFile, useTakeHome } from '../takeHome/store';
import { ArmSync } from './armSync';
import { NO_CHOICE, withChoice, type PromptChoice } from '../lib/promptChoice';
import { chosenNetworks } from './networks';
import { ownSource } from './ownTasks';
import { drawPrompts, randomSeed } from './prompts';
import { RunReader } from './runReader';
import { NoTeacherError } from './teachers';
import { reasonOf } from '../../interchange/reason';

/** Shortest time between two changes of arms sent to the Worker, in milliseconds. */
const SYNC_INTERVAL = 100;
/** Shortest time between two looks through the microscope, in milliseconds. */
const INSPECT_INTERVAL = 80;
/** Pictures that a file draws when it is tried. */
const TRIAL_PICTURES = 4;

/**
 * Conducts one run: turns a visitor's wishes into commands and the Worker's reports into state.
 * Holds no React; components read the stores.
 */
export class LabSession {
  readonly #makeWorker: () => Worker;
  readonly #arms = new ArmSync();
  readonly #reader: RunReader;
  #client: LabClient | null = null;
  /** Counts starts and resets, so that an answer that comes too late is recognised. */
  #attempt = 0;
  /** After `stop`, reports of the old run may still be on their way until it says `idle`. */
  #stopping = false;
  #inspections = 0;
  /** Slide and noise level of the last look through the microscope. */
  #lastLook = '';

  constructor(makeWorker: () => Worker) {
    this.#makeWorker = makeWorker;
    this.#reader = new RunReader({
      onReady: (arms) => {
        this.#arms.begin(arms);
        this.#syncArms();
      },
      onRefusedArm: (id) => this.#arms.drop(id),
      onFailure: () => this.#dropClient(),
    });
    useBench.subscribe(throttle(() => this.#syncArms(), SYNC_INTERVAL));
    useMicroscope.subscribe(throttle(() => this.#inspect(), INSPECT_INTERVAL));
  }

  /** Asks which earlier runs are kept. */
  lookForKept(): void {
    this.#connect().send({ type: 'list' });
  }

  /** Begins a run with the bench's arms; what an earlier run left is kept as a ghost. */
  start(): Promise<void> {
    const bench = useBench.getState();
    const lab = labConfigOf(bench);
    const { evaluation } = bench;
    const { chosen: experiment } = useExperiment.getState();
    return this.#prepare((networks, grid) => ({
      ...{ type: 'start', ...networks },
      ...{ lab, grid, evaluation, experiment },
    }));
  }

  /** Goes on with a kept run; its arms, charts and pictures take the place of the present ones. */
  goOn(checkpoint: string): Promise<void> {
    return this.#prepare((networks, grid) => ({ type: 'restore', checkpoint, ...networks, grid }));
  }

  /** Throws a kept run away. */
  forget(checkpoint: string): void {
    this.#connect().send({ type: 'forget', checkpoint });
  }

  /** Holds the run; nothing is lost. */
  pause(): void {
    this.#client?.send({ type: 'pause' });
  }

  /** Goes on with a held run. */
  resume(): void {
    this.#client?.send({ type: 'resume' });
  }

  /** One iteration of every arm, or one update of that network alone, then held. */
  step(solo?: Solo): void {
    this.#client?.send({ type: 'step', ...(solo && { solo }) });
  }

  /** Ends the run and frees its memory. The bench stays; the run's curves stay as ghosts. */
  reset(): void {
    const preparing = useRun.getState().state === 'preparing';
    this.#attempt += 1;
    this.#reader.beginAnew('idle');
    if (preparing) {
      // Preparing may take long and hears nothing meanwhile: a new Worker is there sooner.
      this.#dropClient();
    } else if (this.#client !== null) {
      this.#stopping = true;
      this.#client.send({ type: 'stop' });
    }
  }

  /** Ends the run with its Worker; it can be gone on with from where it was last kept. */
  leave(): void {
    this.#attempt += 1;
    this.#reader.beginAnew('idle');
    this.#dropClient();
  }

  /** Keeps the run's curves as they stand now in the charts, to compare with. */
  keepGhosts(): void {
    this.#reader.keepGhosts();
  }

  /** Asks for the record; the reader hands it to the visitor as a file. */
  download(format: 'json' | 'csv'): void {
    this.#reader.expectRecord(format);
    this.#client?.send({ type: 'record' });
  }

  /** Writes a student as ONNX after the choices of the dialog, and checks it. */
  writeStudent(): void {
    const { arm, weights, form, batch, precision, order: last } = useTakeHome.getState();
    const bench = useBench.getState();
    const { config, id } = (arm === null ? undefined : armOf(bench, arm)) ?? selectedArm(bench);
    const order = last + 1;
    forgetFile();
    useTakeHome.setState({ order, writing: true });
    this.#client?.send({
      type: 'export',
      ...{ id: order, arm: id, form, batch, precision },
      weights: config.student.emaDecay === 0 ? 'raw' : weights,
    });
  }

  /** Draws with the file that was written last; `anew`: from other noise. */
  tryStudent({ anew = false } = {}): void {
    if (anew) useTakeHome.setState({ seed: randomSeed() });
    const { order: last, prompt, seed } = useTakeHome.getState();
    const order = last + 1;
    useTakeHome.setState({ order, trying: true });
    const chosen = prompt ?? currentTask().prompts.nullPrompt;
    const prompts = Array.from({ length: TRIAL_PICTURES }, () => chosen);
    this.#client?.send({ type: 'try', id: order, prompts, seed });
  }

  /** Asks for a student's weights; the reader hands them to the visitor as a file. */
  saveStudent(choice: StudentChoice): void {
    this.#client?.send({ type: 'weights', ...choice });
  }

  /** Has the Worker look at a network made elsewhere; a run that is on goes on. */
  async examine(look: Pick<ExamineOrder, 'id' | 'onnx' | 'spec'>): Promise<void> {
    const task = currentTask();
    const own = await ownSource(task);
    const assets = document.baseURI;
    this.#connect().send({ type: 'examine', task: task.id, own, assets, ...look });
  }

  /** Draws all grids from other noise. */
  newNoise(): void {
    changeOrder({ seed: randomSeed() });
    this.#redrawGrids();
  }

  /** Draws all grids for other prompts; what is wanted of all pictures stays. */
  newPrompts(): void {
    const { prompts } = useSamples.getState();
    changeOrder({ drawn: drawPrompts(prompts.length, randomSeed()), own: new Map() });
    this.#redrawGrids();
  }

  /**
   * Draws all grids with an attribute as somebody wants it: of the picture at `place`, or of all;
   * `id` null: as it was drawn.
   */
  choosePrompt(place: number | null, attribute: number, id: number | null): void {
    const { pinned, own } = useSamples.getState();
    const change = (choice: PromptChoice): PromptChoice => withChoice(choice, attribute, id);
    if (place === null) changeOrder({ pinned: change(pinned) });
    else changeOrder({ own: new Map([...own, [place, change(own.get(place) ?? NO_CHOICE)]]) });
    this.#redrawGrids();
  }

  /** Draws all grids for their prompts as they were drawn. */
  forgetChoices(): void {
    changeOrder({ pinned: NO_CHOICE, own: new Map() });
    this.#redrawGrids();
  }

  /** Puts a vote into the run's record. */
  vote(vote: Vote): void {
    this.#client?.send({ type: 'vote', vote });
  }

  /** Keeps the run as it stands, with its votes. */
  keep(): void {
    this.#client?.send({ type: 'checkpoint' });
  }

  async #prepare(command: (networks: Networks, grid: GridOrder) => Command): Promise<void> {
    this.#attempt += 1;
    const attempt = this.#attempt;
    this.#reader.beginAnew('preparing');
    try {
      const networks = await chosenNetworks();
      if (attempt !== this.#attempt) return;
      const { prompts, seed, orderId: id } = useSamples.getState();
      this.#connect().send(command(networks, { prompts, seed, id }));
    } catch (cause) {
      if (attempt !== this.#attempt) return;
      this.#reader.fail({
        code: 'teacher-unreadable',
        message: reasonOf(cause),
        advice: cause instanceof NoTeacherError ? cause.advice : 'Try again, or reload the page.',
      });
    }
  }

  #redrawGrids(): void {
    const { prompts, seed, orderId, grids } = useSamples.getState();
    if (isLive(useRun.getState().state)) {
      markStale();
      this.#client?.send({ type: 'sample', grid: { prompts, seed, id: orderId } });
      this.lookAgain();
    } else if (grids.size > 0) {
      // The pictures on show no longer belong to the prompts; no run is there to draw others.
      clearGrids();
    }
  }

  /** Brings the Worker's arms up to date with the bench. */
  #syncArms(): void {
    const { began, state } = useRun.getState();
    if (began === null || !isLive(state)) return;
    const { arms } = useBench.getState();
    for (const command of this.#arms.update(arms)) this.#client?.send(command);
    this.#reader.noteChanges(arms);
  }

  /** Looks again when slide or noise level have changed. */
  #inspect(): void {
    const { slide, tau } = useMicroscope.getState();
    const look = JSON.stringify([slide, tau]);
    if (look === this.#lastLook) return;
    this.#lastLook = look;
    this.lookAgain();
  }

  /** Looks at the microscope's slide as it is now. */
  lookAgain(): void {
    const { slide, tau } = useMicroscope.getState();
    if (slide === null || !isLive(useRun.getState().state)) return;
    const order: InspectionOrder = { id: ++this.#inspections, ...slide, tau };
    this.#client?.send({ type: 'inspect', ...order });
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
      if (report.type !== 'error' && report.type !== 'checkpoints') return;
    }
    this.#reader.read(report);
    if (report.type === 'state') this.#syncArms();
  }

  #dropClient(): void {
    this.#client?.destroy();
    this.#client = null;
    this.#stopping = false;
    refuseNetwork('The look at this file was interrupted; try it again.');
  }
}

import { parseConfig, type DistillConfig } from '../distill/config';
import { Gpu } from '../gpu/gpu';
import type { TuningStore } from '../gpu/tuning';
import { chooseKernels } from '../graph/tune';
import { Session } from '../lab/session';
import { readTeacher, TeacherError } from '../lab/teacher';
import { describeFailure } from './failures';
import { Metronome } from './metronome';
import type { Command, GridKind, MetricsPoint, Report, RunState } from './protocol';
import { RunLoop } from './runLoop';

/** What the host gets from its surroundings, so that it runs in a Worker and in tests alike. */
export interface Surroundings {
  readonly gpu: GPU | undefined;
  readonly tuning: TuningStore;
  /** Bytes behind a URL; rejects when there are none. */
  readonly fetchFile: (url: string) => Promise<ArrayBuffer>;
}

type StartCommand = Extract<Command, { type: 'start' }>;

/** At most ten reports of metrics a second. */
const METRICS_INTERVAL = 100;
/** At most four pictures a second, and pictures take at most a fifth of the time. */
const PICTURE_INTERVAL = 250;
const PICTURE_SHARE = 5;
/** Work on a lost device may fail this many milliseconds before the loss itself is known. */
const LOSS_GRACE = 100;

/**
 * Answers the page's commands with one session at a time: prepares it, runs it, draws its pictures
 * and turns every failure into a report. The device outlives sessions; a lost one is asked for anew.
 */
export class LabHost {
  readonly #post: (report: Report) => void;
  readonly #surroundings: Surroundings;
  readonly #metrics = new Metronome(METRICS_INTERVAL);
  readonly #pictures = new Metronome(PICTURE_INTERVAL);
  #queue: Promise<void> = Promise.resolve();
  #gpu: Gpu | undefined;
  /** Resolves when the device that was asked for last is lost. */
  #loss: Promise<boolean> | undefined;
  #session: Session | undefined;
  #loop: RunLoop | undefined;
  #points: MetricsPoint[] = [];
  /** The drawing under way, if any; it never rejects. */
  #picture: Promise<unknown> | undefined;
  /** Id of the order that grids are drawn for. */
  #orderId = 0;
  /** Iteration of the last picture of the student. */
  #drawn: number | undefined;

  constructor(post: (report: Report) => void, surroundings: Surroundings) {
    this.#post = post;
    this.#surroundings = surroundings;
  }

  /** Takes a command; commands are carried out one after another, in order. */
  handle(command: Command): void {
    // A run must hear at once that it is to pause; what follows waits its turn.
    if (command.type !== 'set' && command.type !== 'sample') this.#loop?.pause();
    this.#queue = this.#queue.then(() => this.#carryOut(command));
  }

  /** Resolves when all commands so far are carried out. For tests and orderly ends. */
  settled(): Promise<void> {
    return this.#queue;
  }

  async #carryOut(command: Command): Promise<void> {
    try {
      switch (command.type) {
        case 'start':
          await this.#start(command);
          return;
        case 'pause':
          await this.#pause();
          return;
        case 'resume':
          await this.#pause();
          this.#resume(Infinity);
          return;
        case 'step':
          await this.#pause();
          this.#resume(1);
          return;
        case 'set':
          await this.#set(parseConfig(command.config));
          return;
        case 'sample':
          await this.#picture;
          this.#orderId = command.grid.id;
          await this.#session?.setGrid(command.grid);
          await this.#drawReferences();
          await this.#draw('student');
          return;
        case 'stop':
          await this.#stop();
          this.#state('idle');
      }
    } catch (error) {
      // A change that is refused leaves the run as it was.
      if (command.type === 'set' || command.type === 'sample') await this.#tell(error);
      else await this.#fail(error);
    }
  }

  async #start({ teacher, config, grid }: StartCommand): Promise<void> {
    await this.#stop();
    this.#state('preparing');
    const parsed = parseConfig(config);
    this.#progress('device', 0, 1);
    const gpu = await this.#device();
    this.#progress('teacher', 0, 1);
    const file = readTeacher(await this.#fetchTeacher(teacher.url));
    this.#progress('measuring', 0, 1);
    const choice = await chooseKernels(gpu, this.#surroundings.tuning);
    const session = await Session.create(gpu, choice, file, parsed, grid, (done, total) => {
      this.#progress('compiling', done, total);
    });
    this.#session = session;
    this.#drawn = undefined;
    this.#orderId = grid.id;
    this.#points = [];
    this.#post({
      type: 'ready',
      adapter: { name: gpu.info.name, vendor: gpu.info.vendor, software: gpu.info.software },
      config: parsed,
      parameterCount: session.parameterCount,
      memoryBytes: session.memoryBytes,
    });
    this.#loop = new RunLoop(session, {
      onFigures: (figures) => {
        this.#points.push(figures);
        this.#report();
        this.#drawNow();
      },
      onEnd: (error) => {
        this.#report(true);
        if (error === undefined) {
          this.#state('paused');
          this.#drawHeld(session);
          return;
        }
        // Nothing that follows would mean anything: only a new start leads on.
        this.#loop = undefined;
        void this.#fail(error);
      },
    });
    await this.#draw('student');
    await this.#drawReferences();
    this.#resume(Infinity);
  }

  async #fetchTeacher(url: string): Promise<ArrayBuffer> {
    try {
      return await this.#surroundings.fetchFile(url);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new TeacherError(`The teacher could not be loaded: ${reason}.`, { cause: error });
    }
  }

  async #device(): Promise<Gpu> {
    if (this.#gpu) return this.#gpu;
    this.#loss = undefined;
    const gpu = await Gpu.request(this.#surroundings.gpu);
    this.#gpu = gpu;
    this.#loss = gpu.lost.then(() => true);
    void gpu.lost.then((error) => {
      if (this.#gpu !== gpu) return;
      this.#gpu = undefined;
      this.#loop?.abandon();
      this.#loop = undefined;
      this.#session = undefined;
      this.#post({ type: 'error', ...describeFailure(error) });
      this.#state('failed');
    });
    return gpu;
  }

  #resume(iterations: number): void {
    if (!this.#loop) return;
    this.#state('running');
    this.#loop.run(iterations);
  }

  async #pause(): Promise<void> {
    await this.#loop?.idle();
  }

  /** Changes what a running student can change; the rest waits for the next start. */
  async #set(config: DistillConfig): Promise<void> {
    const trainer = this.#session?.trainer;
    if (!trainer) return;
    const { batch, seed, student } = trainer.config;
    await trainer.configure(
      { ...config, batch, seed, student: { ...config.student, steps: student.steps } },
      (done, total) => {
        this.#progress('compiling', done, total);
      },
    );
  }

  async #stop(): Promise<void> {
    await this.#pause();
    this.#loop = undefined;
    this.#session?.destroy();
    this.#session = undefined;
  }

  #report(atOnce = false): void {
    const session = this.#session;
    if (!session || this.#points.length === 0 || !this.#metrics.tick(atOnce)) return;
    this.#post({
      type: 'metrics',
      points: this.#points.splice(0),
      iterationsPerSecond: this.#loop?.iterationsPerSecond ?? 0,
      memoryBytes: session.memoryBytes,
    });
  }

  /** Draws the student in between iterations, unless the last picture is still being drawn. */
  #drawNow(): void {
    if (this.#picture || !this.#pictures.tick()) return;
    const start = performance.now();
    const session = this.#session;
    void this.#draw('student').then(
      () => {
        this.#pictures.rest((performance.now() - start) * PICTURE_SHARE);
      },
      (error: unknown) => {
        if (session !== this.#session) return;
        this.#loop?.pause();
        void this.#fail(error);
      },
    );
  }

  /** A held student is shown as it is, not as it was at the last picture. */
  #drawHeld(session: Session): void {
    if (this.#session !== session || this.#drawn === session.trainer.iteration) return;
    void this.#draw('student').catch((error: unknown) => this.#fail(error));
  }

  async #drawReferences(): Promise<void> {
    this.#progress('sampling', 0, 2);
    await this.#draw('teacherOneStep');
    this.#progress('sampling', 1, 2);
    await this.#draw('teacherGuided');
    this.#progress('sampling', 2, 2);
  }

  async #draw(grid: GridKind): Promise<void> {
    const session = this.#session;
    if (!session) return;
    const drawing = this.#drawWith(session, grid);
    const picture = drawing.then(
      () => true,
      () => false,
    );
    this.#picture = picture;
    try {
      await drawing;
    } finally {
      if (this.#picture === picture) this.#picture = undefined;
    }
  }

  async #drawWith(session: Session, grid: GridKind): Promise<void> {
    const { iteration } = session.trainer;
    const { gridShape: shape } = session;
    const orderId = this.#orderId;
    const images = await session.draw(grid);
    if (session !== this.#session) return;
    this.#post({ type: 'samples', grid, iteration, orderId, images, shape });
    if (grid === 'student') this.#drawn = iteration;
  }

  #state(state: RunState): void {
    this.#post({ type: 'state', state });
  }

  #progress(
    stage: Extract<Report, { type: 'progress' }>['stage'],
    done: number,
    total: number,
  ): void {
    this.#post({ type: 'progress', stage, done, total });
  }

  /** Reports an error that ends the run. */
  async #fail(error: unknown): Promise<void> {
    if (await this.#tell(error)) this.#state('failed');
  }

  /** Reports an error, unless the device is gone: then that is the error, and is told by itself. */
  async #tell(error: unknown): Promise<boolean> {
    const grace = new Promise<boolean>((resolve) => {
      setTimeout(resolve, LOSS_GRACE, false);
    });
    if (this.#loss && (await Promise.race([this.#loss, grace]))) return false;
    this.#post({ type: 'error', ...describeFailure(error) });
    return true;
  }
}

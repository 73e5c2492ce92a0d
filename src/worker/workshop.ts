import type { Gpu } from '../gpu/gpu';
import type { TuningStore } from '../gpu/tuning';
import type { KernelChoice } from '../graph/kernel';
import { chooseKernels } from '../graph/tune';
import type { LoadOnnxRuntime } from '../interchange/onnx/session';
import { imitatedOf, type LabCheckpoint } from '../lab/checkpoint';
import type { LabEvents, LabMaterial } from '../lab/lab';
import type { TeacherFile } from '../lab/teacher';
import type { OpenTask } from '../tasks/task';
import { parseForeignStart } from '../training/foreignStart';
import { bytesReport } from './bytesReport';
import type { DeviceKeeper } from './device';
import { ForeignDesk } from './foreign';
import { explainNoJudge } from './judge';
import { fetchMaterial, fetchTask, type FetchFile } from './preparation';
import type { GridOrder, Networks } from './protocol/commands';
import type { Examined, ExamineOrder, ForeignTeacherOrder } from './protocol/foreign';
import type { Voice } from './voice';

const NO_JUDGE = 'Training goes on; prompt accuracy and distances are not measured.';

/** What the workshop gets from the host's surroundings. */
export interface Supplies {
  readonly tuning: TuningStore;
  /** Bytes behind a URL; rejects when there are none. */
  readonly fetchFile: FetchFile;
  /** Gets ONNX Runtime when a file is first to be run. */
  readonly onnx: LoadOnnxRuntime;
}

/** Gets together what labs are made of, and tells how far it is. */
export class Workshop {
  readonly #supplies: Supplies;
  readonly #device: DeviceKeeper;
  readonly #voice: Voice;
  readonly #foreign: ForeignDesk;

  constructor(supplies: Supplies, device: DeviceKeeper, voice: Voice) {
    this.#supplies = supplies;
    this.#device = device;
    this.#voice = voice;
    this.#foreign = new ForeignDesk(supplies.onnx);
  }

  /** What every lab needs, new or not; `kept`: what a run that goes on had. */
  async material(
    networks: Networks,
    grid: GridOrder,
    events: LabEvents,
    kept?: LabCheckpoint,
  ): Promise<LabMaterial> {
    const voice = this.#voice;
    voice.progress('device', 0, 1);
    const gpu = await this.#device.get();
    const files = await fetchMaterial(networks, {
      fetchFile: this.#supplies.fetchFile,
      openForeign: (order, task) => this.#openForeign(gpu, order, task, kept),
      onProgress: voice.progress.bind(voice),
      onBytes: (stage) => bytesReport(voice.post, stage),
      onNoJudge: (error) => {
        voice.notice('no-judge', explainNoJudge(error, NO_JUDGE));
      },
    });
    const choice = await this.#measure(gpu);
    // Programs are planned first, of which nothing is heard until the first of their pipelines is there.
    voice.progress('compiling', 0, 1);
    return {
      ...{ gpu, grid, choice, ...files, ...events },
      teacherId: networks.teacher.id,
      onProgress: (done, total) => {
        voice.progress('compiling', done, total);
      },
    };
  }

  /** Looks at a teacher made elsewhere; a run that is under way goes on. */
  async examine(order: ExamineOrder): Promise<Examined> {
    const gpu = await this.#device.get();
    const { fetchFile, tuning } = this.#supplies;
    const [task, choice] = [await fetchTask(order, fetchFile), await chooseKernels(gpu, tuning)];
    return this.#foreign.examine({ gpu, choice, task }, order);
  }

  /** Lets go what the last lab's material holds. */
  close(): Promise<void> {
    return this.#foreign.close();
  }

  async #openForeign(
    gpu: Gpu,
    order: ForeignTeacherOrder,
    task: OpenTask,
    kept: LabCheckpoint | undefined,
  ): Promise<TeacherFile> {
    const { steps } = parseForeignStart(order.start);
    const onStep = (step: number, error: number): void => {
      this.#voice.progress('imitating', step, steps);
      this.#voice.post({ type: 'imitation', step, steps, error });
    };
    const ground = { gpu, task, choice: await this.#measure(gpu) };
    return this.#foreign.open(ground, order, { onStep }, kept && imitatedOf(kept));
  }

  #measure(gpu: Gpu): Promise<KernelChoice> {
    this.#voice.progress('measuring', 0, 1);
    return chooseKernels(gpu, this.#supplies.tuning);
  }
}

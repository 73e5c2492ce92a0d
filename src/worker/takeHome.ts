import type { LoadOnnxRuntime } from '../interchange/onnx/session';
import type { Lab } from '../lab/lab';
import type { StudentFiles } from '../lab/onnx/studentFiles';
import type { Report } from './protocol/reports';
import type { ExportOrder, StudentChoice, TryOrder } from './protocol/takeHome';

/** Hands students of a lab to the page as files. */
export class TakeHome {
  readonly #lab: Lab;
  readonly #load: LoadOnnxRuntime;
  readonly #post: (report: Report) => void;
  #files: Promise<StudentFiles> | undefined;

  constructor(lab: Lab, load: LoadOnnxRuntime, post: (report: Report) => void) {
    this.#lab = lab;
    this.#load = load;
    this.#post = post;
  }

  /** Writes a student as ONNX and checks it; a file that does not agree is not handed out. */
  async export(order: ExportOrder): Promise<void> {
    const { arm, weights, form, batch, precision } = order;
    const student = await this.#lab.student(arm, weights);
    const files = await this.#open();
    const { bytes, verification } = await files.write(student, { form, batch, precision });
    this.#post({
      type: 'exported',
      order,
      iteration: student.iteration,
      name: this.#nameOf(order, student.iteration, `${form}.onnx`),
      bytes: verification.agrees ? bytes : null,
      byteLength: bytes.byteLength,
      verification,
    });
  }

  /** Draws with the file that was written last, and with the teacher. */
  async try({ id, prompts, seed }: TryOrder): Promise<void> {
    const files = await this.#open();
    this.#post({ type: 'tried', id, ...(await files.try(prompts, seed)) });
  }

  /** A student's weights as safetensors. */
  async weights(choice: StudentChoice): Promise<void> {
    const iteration = this.#lab.arms.find(({ id }) => id === choice.arm)?.iteration ?? 0;
    const bytes = await this.#lab.exportStudent(choice.arm, choice.weights);
    this.#post({ type: 'weights', name: this.#nameOf(choice, iteration, 'safetensors'), bytes });
  }

  async destroy(): Promise<void> {
    await (await this.#files)?.destroy();
  }

  #open(): Promise<StudentFiles> {
    this.#files ??= this.#lab.files(this.#load);
    // A failure is not remembered: the next order tries again.
    this.#files.catch(() => (this.#files = undefined));
    return this.#files;
  }

  #nameOf({ arm, weights }: StudentChoice, iteration: number, end: string): string {
    const name = this.#lab.arms.find(({ id }) => id === arm)?.name ?? arm;
    const words = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    return `student-${words}-${iteration}${weights === 'average' ? '-average' : ''}.${end}`;
  }
}

import type { LoadOnnxRuntime } from '../interchange/onnx/session';
import type { Lab } from '../lab/lab';
import type { StudentFiles } from '../lab/onnx/studentFiles';
import { studentFile } from '../lab/studentFile';
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
    const name = this.#nameOf(order, student.iteration, `${form}.onnx`);
    const { onnxSnippets } = await import('../lab/snippets/snippets');
    this.#post({
      type: 'exported',
      ...{ order, name, verification },
      iteration: student.iteration,
      bytes: verification.agrees ? bytes : null,
      byteLength: bytes.byteLength,
      programs: onnxSnippets(student, name, batch),
    });
  }

  /** Draws with the file that was written last, and with the teacher. */
  async try({ id, prompts, seed }: TryOrder): Promise<void> {
    const files = await this.#open();
    this.#post({ type: 'tried', id, ...(await files.try(prompts, seed)) });
  }

  /** A student's weights as safetensors. */
  async weights(choice: StudentChoice): Promise<void> {
    const student = await this.#lab.student(choice.arm, choice.weights);
    const name = this.#nameOf(choice, student.iteration, 'safetensors');
    const { torchSnippet } = await import('../lab/snippets/snippets');
    const program = torchSnippet(student, name);
    this.#post({ type: 'weights', name, bytes: studentFile(student), program });
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

import type { Gpu } from '../gpu/gpu';
import type { KernelChoice } from '../graph/kernel';
import type { LoadOnnxRuntime, OnnxSession } from '../interchange/onnx/session';
import { inspectForeign } from '../lab/foreign/inspection';
import { openForeignSession } from '../lab/foreign/session';
import { parseForeignSpec } from '../lab/foreign/spec';
import type { TeacherFile } from '../lab/teacher';
import type { OpenTask } from '../tasks/task';
import {
  examineForeign,
  openForeignTeacher,
  type ForeignImitated,
} from '../training/foreignTeacher';
import { parseForeignStart } from '../training/foreignStart';
import type { ImitationControl } from '../training/imitation';
import type { ExamineOrder, Examined, ForeignTeacherOrder } from './protocol/foreign';

/** What networks made elsewhere run on. */
export interface ForeignGround {
  readonly gpu: Gpu;
  readonly choice: KernelChoice;
  readonly task: OpenTask;
}

/** The session of the teacher that a run has, where that was made elsewhere. */
export class ForeignDesk {
  readonly #load: LoadOnnxRuntime;
  #session: OnnxSession | undefined;

  constructor(load: LoadOnnxRuntime) {
    this.#load = load;
  }

  /** Looks at a file, and tries it where it is described. Throws what says that it cannot teach. */
  async examine({ gpu, choice, task }: ForeignGround, order: ExamineOrder): Promise<Examined> {
    const { id, onnx: file } = order;
    const spec = order.spec && parseForeignSpec(order.spec);
    const session = await openForeignSession(file, this.#load, gpu.device);
    try {
      const draft = inspectForeign(session, task);
      const checks = spec && (await examineForeign({ gpu, choice, task, file, session, spec }));
      return { id, draft, checks, provider: session.provider };
    } finally {
      await session.destroy();
    }
  }

  /** Opens the teacher of a run, and makes its students' start unless that was `done` before. */
  async open(
    { gpu, choice, task }: ForeignGround,
    { onnx: file, spec: input, start: startInput }: ForeignTeacherOrder,
    control: ImitationControl,
    done?: ForeignImitated,
  ): Promise<TeacherFile> {
    const [spec, start] = [parseForeignSpec(input), parseForeignStart(startInput)];
    const session = await openForeignSession(file, this.#load, gpu.device);
    this.#session = session;
    return openForeignTeacher({ gpu, choice, task, file, session, spec }, start, control, done);
  }

  /** Lets the teacher of the run before go. */
  async close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    // A session whose device is gone can no longer be released in order.
    await session?.destroy().catch(() => undefined);
  }
}

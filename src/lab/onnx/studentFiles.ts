import { gridStream, type Grid } from '../../distill/sampler';
import { studentTimes } from '../../distill/schedule';
import type { Teacher } from '../../distill/networks';
import type { Engine } from '../../graph/engine';
import { PhiloxStream } from '../../graph/philox';
import { elementCount, type Shape } from '../../graph/shape';
import { OnnxError } from '../../interchange/onnx/error';
import type { LoadOnnxRuntime, OnnxSession } from '../../interchange/onnx/session';
import { imageShape } from '../../models/dit/config';
import type { Prompt } from '../../tasks/promptSpace';
import { Easel } from '../easel';
import { toGrid } from '../grid';
import { REFERENCE_GUIDANCE, REFERENCE_STEPS } from '../reference';
import type { Student } from '../studentFile';
import { promptInput, studentOnnx, type StudentOnnxOptions } from './studentOnnx';
import { compareSession, openChecked, type Verification } from './verify';
import { studentComparison } from './verifyStudent';

/** A student as a file, and what came of running it beside the engine. */
export interface CheckedFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly verification: Verification;
}

/** Pictures of a file, and of the guided teacher for the same noise and prompts. */
export interface Trial {
  /** (count, channels, height, width), of both. */
  readonly shape: readonly [number, number, number, number];
  /** Values about [-1, 1]. */
  readonly images: Float32Array<ArrayBuffer>;
  /** Milliseconds an image. */
  readonly milliseconds: number;
  readonly teacherImages: Float32Array<ArrayBuffer>;
  readonly teacherMilliseconds: number;
}

interface OpenFile {
  readonly session: OnnxSession;
  readonly student: Student;
  readonly options: StudentOnnxOptions;
}

/** Writes students as ONNX, checks the files, and draws with the last good one. Destroy it after use. */
export class StudentFiles {
  readonly #engine: Engine;
  readonly #teacher: Teacher;
  readonly #load: LoadOnnxRuntime;
  #open: OpenFile | undefined;
  #easel: Easel | undefined;

  constructor(engine: Engine, teacher: Teacher, load: LoadOnnxRuntime) {
    this.#engine = engine;
    this.#teacher = teacher;
    this.#load = load;
  }

  /** Throws OnnxError where a student cannot be written or ONNX Runtime refuses the file. */
  async write(student: Student, options: StudentOnnxOptions): Promise<CheckedFile> {
    await this.#close();
    const { device } = this.#engine.gpu;
    const bytes = studentOnnx(student, options);
    const session = await openChecked(bytes, { load: this.#load, device });
    try {
      const comparison = studentComparison(student, options);
      const verification = await compareSession(this.#engine, session, comparison);
      // The session that was compared is the one to try.
      if (verification.agrees) this.#open = { session, student, options };
      return { bytes, verification };
    } finally {
      if (!this.#open) await session.destroy();
    }
  }

  /** Draws with the last good file, and with the teacher. Throws OnnxError where there is no file. */
  async try(prompts: readonly Prompt[], seed: number): Promise<Trial> {
    if (!this.#open) throw new OnnxError('There is no file to try; write one first.');
    const { student, options } = this.#open;
    const count = options.batch === 'dynamic' ? prompts.length : options.batch;
    const asked = Array.from(
      { length: count },
      (_, index) => prompts[index % prompts.length] ?? [],
    );
    const file = await timed(count, () => this.#draw(asked, seed));
    const grid = toGrid(student.task.prompts, { prompts: asked, seed });
    const easel = await this.#easelFor(count);
    const teacher = await timed(count, () => guided(easel, grid));
    return {
      shape: easel.shape,
      ...{ images: file.images, milliseconds: file.milliseconds },
      ...{ teacherImages: teacher.images, teacherMilliseconds: teacher.milliseconds },
    };
  }

  /** Frees what files and drawings hold. */
  async destroy(): Promise<void> {
    await this.#close();
    await this.#easel?.destroy();
    this.#easel = undefined;
  }

  /** One call of a generator; of a network, one a step, renoising in between (Algorithm 1). */
  async #draw(prompts: readonly Prompt[], seed: number): Promise<Float32Array<ArrayBuffer>> {
    if (!this.#open) return new Float32Array();
    const { session, student, options } = this.#open;
    const times = studentTimes(student.config.student.steps);
    const shape = imageShape(student.network, prompts.length);
    const noises = times.map((_, step) => gridNoise(shape, seed, step));
    const prompt = promptInput(student.task.prompts, prompts);
    if (options.form === 'generator') {
      const noise = new Float32Array(elementCount(shape) * times.length);
      noises.forEach((values, step) => noise.set(values, step * values.length));
      const value = { type: 'float32', shape: [times.length, ...shape], data: noise } as const;
      const { image } = await session.run({ noise: value, prompt });
      return image?.map((unit) => 2 * unit - 1) ?? new Float32Array();
    }
    let clean = new Float32Array(elementCount(shape));
    for (const [step, time] of times.entries()) {
      const x = clean.map((value, at) => time * value + (1 - time) * (noises[step]?.[at] ?? 0));
      const t = new Float32Array(prompts.length).fill(time);
      const { x0 } = await session.run({
        x_t: { type: 'float32', shape, data: x },
        t: { type: 'float32', shape: [prompts.length], data: t },
        prompt,
      });
      clean = x0 ?? clean;
    }
    return clean;
  }

  async #easelFor(count: number): Promise<Easel> {
    if (this.#easel?.count === count) return this.#easel;
    await this.#easel?.destroy();
    const easel = new Easel(this.#engine, this.#teacher, count);
    this.#easel = easel;
    // The first drawing compiles; it is not to be timed.
    await easel.guided(1, REFERENCE_GUIDANCE, emptyGrid(count, this.#teacher));
    return easel;
  }

  async #close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.session.destroy();
  }
}

const guided = (easel: Easel, grid: Grid): Promise<Float32Array<ArrayBuffer>> =>
  easel.guided(REFERENCE_STEPS, REFERENCE_GUIDANCE, grid);

const emptyGrid = (count: number, { backbone }: Teacher): Grid => ({
  rows: new Int32Array(count * backbone.promptRows),
  count,
  seed: 0,
});

/** The noise that samplers begin a step of a grid with. */
const gridNoise = (shape: Shape, seed: number, step: number): Float32Array => {
  const random = new PhiloxStream(seed, gridStream(step), 0);
  return Float32Array.from({ length: elementCount(shape) }, () => random.normal());
};

const timed = async (
  count: number,
  draw: () => Promise<Float32Array<ArrayBuffer>>,
): Promise<{ readonly images: Float32Array<ArrayBuffer>; readonly milliseconds: number }> => {
  const begin = performance.now();
  const images = await draw();
  return { images, milliseconds: (performance.now() - begin) / count };
};
